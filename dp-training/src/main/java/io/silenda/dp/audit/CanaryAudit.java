package io.silenda.dp.audit;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.ledger.LedgerException;
import io.silenda.dp.network.LayerSpec.Dense;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;
import io.silenda.dp.network.Weights;
import io.silenda.dp.train.Predictor;
import io.silenda.dp.train.TrainingData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Audit in one run: trains on canaries with the settings of a job and guesses which took part. No
 * private record takes part, so that it costs no privacy and its result may be published; what it
 * can find is wrong in how gradients are sampled, clipped, summed and noised.
 */
public final class CanaryAudit {
  private static final double CONFIDENCE = 0.95;

  private CanaryAudit() {}

  /** Trains one network. */
  @FunctionalInterface
  public interface Trainer {
    /**
     * Weights before and after training.
     *
     * @throws LedgerException never, as nothing is charged
     */
    BeforeAndAfter train(NetworkSpec network, TrainingData data)
        throws IOException, LedgerException, AccountingException;
  }

  /** Weights of one run. */
  public record BeforeAndAfter(Weights before, Weights after) {}

  /**
   * Runs an audit.
   *
   * @param network of the job; if it begins with a dense layer it is audited with more inputs, else
   *     a linear classifier stands in for it
   * @param canaries 1,000 find what is plain; more find more
   * @param seed of the coins: they must be unknown to the trainer, not to the reader
   */
  public static AuditResult run(
      NetworkSpec network, int canaries, double delta, long seed, Trainer trainer)
      throws IOException, LedgerException, AccountingException {
    return run(network, canaries, delta, seed, false, trainer);
  }

  /**
   * The same for a trainer to whom places matter: canaries that do not take part contribute zero.
   */
  public static AuditResult runInPlace(
      NetworkSpec network, int canaries, double delta, long seed, Trainer trainer)
      throws IOException, LedgerException, AccountingException {
    return run(network, canaries, delta, seed, true, trainer);
  }

  private static AuditResult run(
      NetworkSpec network, int canaries, double delta, long seed, boolean placed, Trainer trainer)
      throws IOException, LedgerException, AccountingException {
    NetworkSpec widened = widened(network, canaries);
    int outputs = widened.output().elements();
    CanaryData data =
        new CanaryData(
            widened.input().elements(),
            canaries,
            Math.max(2, outputs),
            placed,
            new SplittableRandom(seed));
    BeforeAndAfter weights = trainer.train(widened, data);
    double[] before = losses(widened, weights.before(), data);
    double[] scores = losses(widened, weights.after(), data);
    for (int i = 0; i < canaries; i++) {
      scores[i] = before[i] - scores[i];
    }
    return OneRunBound.of(data.included(), scores, delta, CONFIDENCE);
  }

  private static double[] losses(NetworkSpec network, Weights weights, CanaryData data) {
    int outputs = network.output().elements();
    double[] losses = new double[data.canaries()];
    try (Predictor predictor = new Predictor(network, weights)) {
      float[] answers = predictor.outputs(data.all());
      for (int i = 0; i < losses.length; i++) {
        float[] answer = Arrays.copyOfRange(answers, i * outputs, (i + 1) * outputs);
        losses[i] = loss(answer, (int) data.all().label(i));
      }
    }
    return losses;
  }

  private static NetworkSpec widened(NetworkSpec network, int canaries) {
    boolean dense = network.input().rank() == 1 && network.layers().get(0) instanceof Dense;
    return dense
        ? new NetworkSpec(TensorShape.of(network.input().elements() + canaries), network.layers())
        : new NetworkSpec(
            TensorShape.of(canaries), List.of(new Dense(network.output().elements())));
  }

  /** Cross-entropy; one output stands for two classes. */
  static double loss(float[] answer, int label) {
    List<Double> logits = new ArrayList<>();
    if (answer.length == 1) {
      logits.add(0.0);
    }
    for (float each : answer) {
      logits.add((double) each);
    }
    double largest = logits.stream().mapToDouble(each -> each).max().orElse(0);
    double sum = logits.stream().mapToDouble(each -> Math.exp(each - largest)).sum();
    return largest + Math.log(sum) - logits.get(label);
  }
}
