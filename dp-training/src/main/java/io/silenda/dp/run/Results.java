package io.silenda.dp.run;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.evaluate.Predictor;
import io.silenda.dp.evaluate.Quality;
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
  /** Enough for a look. */
  private static final int MOST_PRIVATE_ROWS = 2000;

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
    Predictor predictor = new Predictor(run.network(), trained.best());
    LocalFigures local =
        new LocalFigures(
            run.rows().count(),
            run.dataSha256(),
            Quality.of(predictor, run.rows(), run.loss(), MOST_PRIVATE_ROWS),
            history,
            JobAudit.membership(run),
            run.ledger().spent());
    OptionalDouble publicly =
        run.publicTestRows().isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(
                Quality.of(
                    predictor, run.publicTestRows().orElseThrow(), run.loss(), Integer.MAX_VALUE));
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
}
