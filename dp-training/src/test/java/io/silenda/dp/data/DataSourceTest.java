package io.silenda.dp.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import blue.strategic.parquet.ParquetWriter;
import io.silenda.dp.data.DataException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSourceTest {
  @TempDir private Path folder;

  @Test
  void csvColumnsComeInTheOrderAsked() throws Exception {
    Path file = write("x.csv", "age,kind,\"pulse, rest\"\n30,cat,60\n40, dog ,70.5\n");
    DataSource source =
        table(file, List.of("pulse, rest", "age"), "kind", new Labels.Named(List.of("cat", "dog")));
    LabelledRows rows = source.read();
    assertThat(rows.values()).containsExactly(60, 30, 70.5f, 40);
    assertThat(rows.labels()).containsExactly(0, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,y;1,0;NaN,1|NOT_A_NUMBER|row 1, column a: NaN is not a finite number",
        "a,y;1,0;,1|NOT_A_NUMBER|row 1, column a: nothing is not a number",
        "a,y;1e39,0|NOT_A_NUMBER|is not a finite number",
        "a,y;1,0;1,5|LABEL_OUT_OF_RANGE|row 1, label y: \"5\" is not a whole number from 0 to 1",
        "a,y;1,0.5|LABEL_OUT_OF_RANGE|\"0.5\" is not",
        "b,y;1,0|UNKNOWN_COLUMN|there is no column \"a\"; the file has b, y",
        "a,a,y;1,2,0|UNKNOWN_COLUMN|more than one column \"a\"",
        "a,y;1,0,3|MALFORMED|row 0 has 3 cells, the header 2",
        "a,y|SHAPE|there are no rows",
      })
  void badTablesAreRefused(String lines, Reason reason, String message) throws Exception {
    Path file = write("x.csv", lines.replace(';', '\n'));
    DataException refusal =
        catchThrowableOfType(
            DataException.class,
            () -> table(file, List.of("a"), "y", new Labels.Numbered(2)).read());
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal).hasMessageContaining(message).hasMessageStartingWith(file + ": ");
    assertThat(refusal.toString().lines()).hasSize(1);
  }

  @Test
  void parquetReadsAsTheSameTable() throws Exception {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message rows { required double a; required int32 b; optional float c;"
                + " required int64 y; }");
    Path file = folder.resolve("x.parquet");
    try (ParquetWriter<double[]> writer =
        ParquetWriter.writeFile(
            schema,
            file.toFile(),
            (row, out) -> {
              out.write("a", row[0]);
              out.write("b", (int) row[1]);
              if (!Double.isNaN(row[2])) {
                out.write("c", (float) row[2]);
              }
              out.write("y", (long) row[3]);
            })) {
      writer.write(new double[] {0.5, 3, 1.25, 1});
      writer.write(new double[] {-2, 4, Double.NaN, 0});
    }
    LabelledRows rows = table(file, List.of("b", "a"), "y", new Labels.Numbered(2)).read();
    assertThat(rows.values()).containsExactly(3, 0.5f, 4, -2);
    assertThat(rows.labels()).containsExactly(1, 0);
    assertRefused(
        table(file, List.of("c"), "y", new Labels.Numbered(2)), Reason.NOT_A_NUMBER, "row 1");
    assertRefused(
        table(file, List.of("d"), "y", new Labels.Numbered(2)),
        Reason.UNKNOWN_COLUMN,
        "the file has a, b, c, y");
  }

  @Test
  void arraysOfAllTypesReadByValue() throws Exception {
    Path labels = npy("y.npy", "<i4", "2,", buffer(8).putInt(1).putInt(0));
    Path doubles =
        npy(
            "d.npy",
            "<f8",
            "2, 1, 2",
            buffer(32).putDouble(1).putDouble(-2).putDouble(3.5).putDouble(4));
    assertThat(arrays(doubles, labels).read().values()).containsExactly(1, -2, 3.5f, 4);
    assertThat(arrays(doubles, labels).read().width()).isEqualTo(2);
    Path bytes = npy("b.npy", "|u1", "2, 2", ByteBuffer.wrap(new byte[] {0, (byte) 255, 3, 4}));
    assertThat(arrays(bytes, labels).read().values()).containsExactly(0, 255, 3, 4);
    Path big =
        npy("s.npy", ">i2", "2,", ByteBuffer.allocate(4).putShort((short) -3).putShort((short) 9));
    assertThat(arrays(big, labels).read().values()).containsExactly(-3, 9);
  }

  @Test
  void idxReadsPlainAndPacked() throws Exception {
    byte[] images = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, (byte) 200};
    byte[] labels = {0, 0, 8, 1, 0, 0, 0, 2, 1, 0};
    Path plain = Files.write(folder.resolve("x.idx"), images);
    Path packed = Files.write(folder.resolve("images-idx3-ubyte.gz"), gzip(images));
    Path labelFile = Files.write(folder.resolve("y.idx"), labels);
    for (Path file : List.of(plain, packed)) {
      LabelledRows rows = arrays(file, labelFile).read();
      assertThat(rows.values()).containsExactly(1, 2, 3, 200);
      assertThat(rows.labels()).containsExactly(1, 0);
    }
  }

  @Test
  void slicesTakeHalfOpenRanges() throws Exception {
    Path file = write("x.csv", "a,y\n1,0\n2,1\n3,0\n4,1\n");
    DataSource all = table(file, List.of("a"), "y", new Labels.Numbered(2));
    DataSource some =
        new DataSource(
            all.file(),
            all.format(),
            all.columns(),
            all.label(),
            all.labelFile(),
            all.labels(),
            new RowSlice(1, 3));
    assertThat(some.read().values()).containsExactly(2, 3);
    assertThat(some.read().sha256()).hasSize(64).isNotEqualTo(all.read().sha256());
  }

  @Test
  void numbersOfRowsAndLabelsMustAgree() throws Exception {
    Path labels = npy("y.npy", "<i4", "2,", buffer(8).putInt(1).putInt(0));
    Path three = npy("x.npy", "|u1", "3, 1", ByteBuffer.wrap(new byte[3]));
    assertRefused(arrays(three, labels), Reason.SHAPE, "2 labels of 1 numbers for 3 rows");
  }

  /** Whatever bytes are cut or changed, the answer is rows or a refusal. */
  @Test
  void damagedArraysAreRefused() throws Exception {
    Path labels = npy("y.npy", "<i4", "2,", buffer(8).putInt(1).putInt(0));
    byte[] npy = Files.readAllBytes(npy("x.npy", "<f4", "2, 2", buffer(16)));
    byte[] idx = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4};
    long seed = 20261121;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 3000; i++) {
      byte[] whole = i % 2 == 0 ? npy : idx;
      byte[] bad = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int flips = random.nextInt(4); flips > 0 && bad.length > 0; flips--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve(i % 2 == 0 ? "bad.npy" : "bad.idx"), bad);
      try {
        assertThat(arrays(file, labels).read().count()).isEqualTo(2);
      } catch (DataException e) {
        assertThat(e.toString().lines()).as("seed %d, case %d", seed, i).hasSize(1);
      }
    }
  }

  @Test
  void scalingCutsToItsPublicRange() {
    LabelledRows rows = LabelledRows.of(2, new float[] {-5, 10, 50, 40}, new float[] {0, 1});
    Scaling scaling = Scaling.of(new float[] {0, 0}, new float[] {100, 20});
    assertThat(scaling.apply(rows).values()).containsExactly(0, 0.5f, 0.5f, 1);
  }

  private static void assertRefused(DataSource source, Reason reason, String message) {
    DataException refusal = catchThrowableOfType(DataException.class, source::read);
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal).hasMessageContaining(message);
  }

  private static DataSource table(Path file, List<String> columns, String label, Labels labels) {
    return new DataSource(
        file,
        DataFormat.ofName(file).orElseThrow(),
        columns,
        Optional.of(label),
        Optional.empty(),
        labels,
        RowSlice.ALL);
  }

  private static DataSource arrays(Path file, Path labels) {
    return new DataSource(
        file,
        DataFormat.ofName(file).orElseThrow(),
        List.of(),
        Optional.empty(),
        Optional.of(labels),
        new Labels.Numbered(2),
        RowSlice.ALL);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path npy(String name, String type, String shape, ByteBuffer values) throws IOException {
    String header =
        "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n";
    var out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(new byte[] {(byte) header.length(), 0});
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    byte[] content = new byte[values.capacity()];
    values.duplicate().rewind().get(content);
    out.write(content);
    return Files.write(folder.resolve(name), out.toByteArray());
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
