package io.silenda.dp.run;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.data.LabelledRows;
import io.silenda.dp.evaluate.Quality;
import io.silenda.dp.evaluate.RowData;
import io.silenda.dp.export.OnnxExporter;
import io.silenda.dp.ledger.LedgerException;
import io.silenda.dp.report.JobResult;
import io.silenda.dp.report.JobResult.LocalFigures;
import io.silenda.dp.report.LocalHistory;
import io.silenda.dp.report.RunGuarantee;
import io.silenda.dp.train.TrainedModel;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;

/** Puts the result of a finished run together. */
final class Results {
  private Results() {}

  static JobResult of(
      PreparedRun run, TrainedModel trained, RunGuarantee guarantee, LocalHistory history)
      throws IOException, LedgerException, AccountingException {
    byte[] model =
        OnnxExporter.export(
            run.network(),
            trained.best(),
            run.scaling(),
            Map.of("silenda.guarantee", guarantee.text()));
    LocalFigures local =
        new LocalFigures(
            run.rows().count(),
            run.dataSha256(),
            quality(run, trained, run.rows()),
            history,
            JobAudit.membership(run),
            run.ledger().spent());
    OptionalDouble publicly =
        run.publicTestRows().isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(quality(run, trained, run.publicTestRows().orElseThrow()));
    return new JobResult(
        run.job(),
        run.network(),
        run.scaling(),
        model,
        run.noiseMultiplier(),
        guarantee,
        publicly,
        JobAudit.canaries(run),
        local);
  }

  private static double quality(PreparedRun run, TrainedModel trained, LabelledRows rows) {
    return Quality.of(run.network(), trained.best(), new RowData(rows), run.loss());
  }
}
