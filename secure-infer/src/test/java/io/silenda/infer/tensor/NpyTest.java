package io.silenda.infer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.infer.tensor.NpyFormatException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyTest {
  private static final byte[] TWO_BYTES = {1, 2};

  @TempDir Path folder;

  private Tensor read(byte[] bytes) throws IOException, NpyFormatException {
    return Npy.read(Files.write(folder.resolve("x.npy"), bytes));
  }

  private NpyFormatException refusal(byte[] bytes) {
    NpyFormatException refusal = catchThrowableOfType(NpyFormatException.class, () -> read(bytes));
    assertThat(refusal).hasMessageStartingWith("x.npy: ").hasMessageNotContaining("\n");
    return refusal;
  }

  private Reason reason(byte[] bytes) {
    return refusal(bytes).reason();
  }

  private Reason reasonOfHeader(String header) {
    return reason(NpyFiles.file(header, TWO_BYTES));
  }

  @Test
  void writesWhatItReads() throws Exception {
    for (int[] shape : List.of(new int[] {6}, new int[] {2, 3}, new int[] {1, 2, 3, 1})) {
      Tensor tensor = Tensor.of(shape, new float[] {0, -0f, 1.5f, Float.MAX_VALUE, -1e-42f, 3});
      Path file = folder.resolve("y.npy");
      Npy.write(file, tensor);
      assertThat(Npy.read(file)).isEqualTo(tensor);
      byte[] bytes = Files.readAllBytes(file);
      assertThat((bytes.length - 24) % 64).isZero();
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void writesManyChunks() throws Exception {
    float[] values = new float[100_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Tensor tensor = Tensor.of(new int[] {values.length}, values);
    Npy.write(folder.resolve("y.npy"), tensor);
    assertThat(Npy.read(folder.resolve("y.npy"))).isEqualTo(tensor);
  }

  @Test
  void leavesTheOldFileWhereItCannotWrite() throws Exception {
    Path directory = folder.resolve("y.npy");
    Files.createDirectories(directory.resolve("inside"));
    Tensor tensor = Tensor.of(new int[] {1}, new float[1]);
    assertThatThrownBy(() -> Npy.write(directory, tensor)).isInstanceOf(IOException.class);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void readsTheTestVectors() throws Exception {
    Path file = Path.of(NpyTest.class.getResource("/models/mnist_test_x_u8.npy").toURI());
    Tensor pixels = Npy.read(file);
    assertThat(pixels.shape()).containsExactly(300, 784);
    float max = 0;
    for (float value : pixels.values()) {
      max = Math.max(max, value);
    }
    assertThat(max).isEqualTo(255);
  }

  @Test
  void convertsEveryTypeByValue() throws Exception {
    byte[] negative = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, -1, -1, -1, -1};
    assertThat(value("|u1", negative, 1)).isEqualTo(254);
    assertThat(value("|i1", negative, 1)).isEqualTo(-2);
    assertThat(value("|b1", negative, 1)).isEqualTo(1);
    assertThat(value("<u2", negative, 2)).isEqualTo(65534);
    assertThat(value("<i2", negative, 2)).isEqualTo(-2);
    assertThat(value("<u4", negative, 4)).isEqualTo((float) 4294967294.0);
    assertThat(value("<i4", negative, 4)).isEqualTo(-2);
    assertThat(value("<i8", negative, 8)).isEqualTo(-2);
    assertThat(value("<f4", NpyFiles.littleEndian(4).putFloat(0.1f).array(), 4)).isEqualTo(0.1f);
    assertThat(value("<f8", NpyFiles.littleEndian(8).putDouble(0.1).array(), 8)).isEqualTo(0.1f);
  }

  private float value(String descriptor, byte[] data, int size) throws Exception {
    return read(NpyFiles.array(descriptor, "(1,)", Arrays.copyOf(data, size))).value(0);
  }

  @Test
  void readsEveryFormOfHeader() throws Exception {
    for (String header :
        List.of(
            "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }",
            "{\"shape\": (2, 1), \"fortran_order\": False, \"descr\": \"|u1\"}",
            "{'shape':(1,2,),'descr':'|u1','fortran_order':False}      ")) {
      assertThat(read(NpyFiles.file(header, TWO_BYTES)).values()).containsExactly(1, 2);
      for (int version = 2; version <= 3; version++) {
        assertThat(read(NpyFiles.file(version, header + "\n", TWO_BYTES)).values())
            .containsExactly(1, 2);
      }
    }
  }

  @Test
  void refusesMalformedHeaders() {
    String good = NpyFiles.header("|u1", "(2,)");
    for (String header :
        List.of(
            "",
            "{}",
            "{'descr': '|u1', 'fortran_order': False}",
            "{'descr': '|u1', 'shape': (2,)}",
            "{'fortran_order': False, 'shape': (2,)}",
            "{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (2,)}",
            "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), 'more': 1}",
            "{'descr': '|u1', 'fortran_order': 0, 'shape': (2,)}",
            "{'descr': '|u1, 'fortran_order': False, 'shape': (2,)}",
            NpyFiles.header("|u1", "(2)"),
            NpyFiles.header("|u1", "2"),
            NpyFiles.header("|u1", "[2]"),
            NpyFiles.header("|u1", "(2,"),
            NpyFiles.header("|u1", "(,)"),
            NpyFiles.header("|u1", "(2,,1)"),
            NpyFiles.header("|u1", "(2 1)"),
            NpyFiles.header("|u1", "(-2,)"),
            NpyFiles.header("|u1", "(2L,)"),
            NpyFiles.header("|u1", "(2.0,)"),
            NpyFiles.header("|u1", "(99999999999999999999,)"),
            good + "x",
            good + good,
            good.substring(0, good.length() - 1))) {
      assertThat(reasonOfHeader(header)).as(header).isEqualTo(Reason.MALFORMED_HEADER);
    }
    assertThat(reason(NpyFiles.file(1, good, TWO_BYTES))).isEqualTo(Reason.MALFORMED_HEADER);
  }

  @Test
  void refusesOtherFiles() throws Exception {
    NpyFormatException missing =
        catchThrowableOfType(NpyFormatException.class, () -> Npy.read(folder.resolve("none.npy")));
    assertThat(missing.reason()).isEqualTo(Reason.MISSING);
    assertThat(missing).hasMessageStartingWith("none.npy: ");
    NpyFormatException directory =
        catchThrowableOfType(NpyFormatException.class, () -> Npy.read(folder));
    assertThat(directory.reason()).isEqualTo(Reason.MISSING);
    assertThat(reason(new byte[0])).isEqualTo(Reason.EMPTY);
    assertThat(reason("PK zip".getBytes(StandardCharsets.US_ASCII))).isEqualTo(Reason.NOT_NPY);
    assertThat(reason(new byte[] {(byte) 0x93})).isEqualTo(Reason.NOT_NPY);
    assertThat(reason(NpyFiles.file(4, "{}\n", TWO_BYTES))).isEqualTo(Reason.UNSUPPORTED_VERSION);
    assertThat(reason(NpyFiles.file(0, "{}\n", TWO_BYTES))).isEqualTo(Reason.UNSUPPORTED_VERSION);
  }

  @Test
  void refusesEveryTruncation() {
    byte[] good = NpyFiles.array("<f4", "(1,)", NpyFiles.littleEndian(4).putFloat(1).array());
    for (int length = 6; length < good.length; length++) {
      assertThat(reason(Arrays.copyOf(good, length))).as("%d", length).isEqualTo(Reason.TRUNCATED);
    }
    assertThat(reason(Arrays.copyOf(good, good.length + 1))).isEqualTo(Reason.TRAILING_BYTES);
    byte[] longHeader = NpyFiles.file(2, "{}\n", TWO_BYTES);
    Arrays.fill(longHeader, 8, 12, (byte) 0xff);
    assertThat(reason(longHeader)).isEqualTo(Reason.TRUNCATED);
  }

  @Test
  void refusesOtherTypesWithAdvice() {
    assertThat(refusal(NpyFiles.array(">f4", "(1,)", new byte[4])))
        .hasMessageContaining("x.astype('<f4')")
        .extracting(NpyFormatException::reason)
        .isEqualTo(Reason.BYTE_ORDER);
    assertThat(refusal(NpyFiles.array(">i2", "(1,)", new byte[2])))
        .hasMessageContaining("x.astype('<i2')");
    for (String descriptor : List.of("<f2", "<u8", "<c8", "|O", "<U3", "|S1", ">f2", "f4", "")) {
      assertThat(reason(NpyFiles.array(descriptor, "(1,)", new byte[8])))
          .as(descriptor)
          .isEqualTo(Reason.UNSUPPORTED_TYPE);
    }
    assertThat(reasonOfHeader("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }"))
        .isEqualTo(Reason.UNSUPPORTED_TYPE);
    assertThat(
            refusal(
                NpyFiles.file(
                    "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 1), }", TWO_BYTES)))
        .hasMessageContaining("np.ascontiguousarray(x)")
        .extracting(NpyFormatException::reason)
        .isEqualTo(Reason.FORTRAN_ORDER);
  }

  @Test
  void refusesShapesOutOfRange() {
    assertThat(reason(NpyFiles.array("|u1", "()", new byte[1]))).isEqualTo(Reason.SHAPE);
    String axes = "(" + "1, ".repeat(33) + ")";
    assertThat(reason(NpyFiles.array("|u1", axes, new byte[1]))).isEqualTo(Reason.SHAPE);
    assertThat(reason(NpyFiles.array("|u1", "(0, 3)", new byte[0]))).isEqualTo(Reason.EMPTY);
    assertThat(reason(NpyFiles.array("<f8", "(4294967296, 4294967296)", TWO_BYTES)))
        .isEqualTo(Reason.TOO_LARGE);
    assertThat(reason(NpyFiles.array("<f8", "(2147483640,)", TWO_BYTES)))
        .isIn(Reason.TOO_LARGE, Reason.TRUNCATED);
  }

  @Test
  void namesTheFirstValueThatIsNotFinite() {
    byte[] data =
        NpyFiles.littleEndian(16).putFloat(1).putFloat(2).putFloat(3).putFloat(Float.NaN).array();
    assertThat(refusal(NpyFiles.array("<f4", "(2, 2)", data)))
        .hasMessage("x.npy: the value at [1, 1] is NaN");
    byte[] infinite = NpyFiles.littleEndian(4).putFloat(Float.NEGATIVE_INFINITY).array();
    assertThat(refusal(NpyFiles.array("<f4", "(1,)", infinite)))
        .hasMessage("x.npy: the value at [0] is Inf")
        .extracting(NpyFormatException::reason)
        .isEqualTo(Reason.NOT_FINITE);
    byte[] large = NpyFiles.littleEndian(8).putDouble(1e39).array();
    assertThat(refusal(NpyFiles.array("<f8", "(1,)", large)))
        .hasMessage("x.npy: the value at [0] is too large for float32");
  }
}
