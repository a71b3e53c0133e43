package io.silenda.bench.accuracy;

import io.silenda.dp.data.DataException;
import io.silenda.dp.data.DataFormat;
import io.silenda.dp.data.DataSource;
import io.silenda.dp.data.LabelledRows;
import io.silenda.dp.data.Labels;
import io.silenda.dp.data.RowSlice;
import io.silenda.dp.data.Scaling;
import io.silenda.dp.evaluate.RowData;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The digits that {@code examples/digits/digits.mjs} writes, as numbers from 0 to 1. */
record Digits(RowData train, RowData test) {
  static Digits read(Path folder, int trainRows) throws DataException {
    return new Digits(
        rows(folder, new RowSlice(0, trainRows)),
        rows(folder, new RowSlice(trainRows, Integer.MAX_VALUE)));
  }

  private static RowData rows(Path folder, RowSlice slice) throws DataException {
    LabelledRows rows =
        new DataSource(
                folder.resolve("digits.idx"),
                DataFormat.IDX,
                List.of(),
                Optional.empty(),
                Optional.of(folder.resolve("labels.idx")),
                new Labels.Numbered(10),
                slice)
            .read();
    return new RowData(Scaling.uniform(rows.width(), 0, 255).apply(rows));
  }
}
