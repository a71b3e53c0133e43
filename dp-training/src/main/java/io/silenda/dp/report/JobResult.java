package io.silenda.dp.report;

import io.silenda.dp.audit.AuditResult;
import io.silenda.dp.audit.MembershipResult;
import io.silenda.dp.data.Scaling;
import io.silenda.dp.job.TrainingJob;
import io.silenda.dp.network.NetworkSpec;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A finished job.
 *
 * @param job what was asked for
 * @param network the network behind its rows
 * @param scaling public constants in front of it, which the model contains
 * @param model the ONNX model's bytes
 * @param noiseMultiplier noise deviation over clipping norm
 * @param guarantee of the model
 * @param publicAccuracy share of right answers, or root mean square error for numbers to predict,
 *     on rows that were declared public
 * @param audit of the job's settings, on canaries alone
 * @param local for the trainer alone
 */
public record JobResult(
    TrainingJob job,
    NetworkSpec network,
    Optional<Scaling> scaling,
    byte[] model,
    double noiseMultiplier,
    RunGuarantee guarantee,
    OptionalDouble publicAccuracy,
    Optional<AuditResult> audit,
    LocalFigures local) {
  /** Copies the bytes. */
  public JobResult {
    model = model.clone();
  }

  @Override
  public byte[] model() {
    return model.clone();
  }

  /**
   * Local, not private: all of this was found in private rows without accounting.
   *
   * @param rows number of records
   * @param dataSha256 digest of the rows
   * @param accuracy on the private rows, as {@code publicAccuracy}
   * @param history losses of the steps
   * @param membership what an attack on the recipe reached, if asked for
   * @param ledgerSpent epsilon of all jobs on these data, at the ledger's delta
   */
  public record LocalFigures(
      int rows,
      String dataSha256,
      double accuracy,
      LocalHistory history,
      Optional<MembershipResult> membership,
      double ledgerSpent) {}
}
