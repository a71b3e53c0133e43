package io.silenda.dp.audit;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.data.LabelledRows;
import io.silenda.dp.evaluate.RowData;
import io.silenda.dp.ledger.LedgerException;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.Weights;
import io.silenda.dp.train.Loss;
import io.silenda.dp.train.Predictor;
import io.silenda.dp.train.TrainingData;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Likelihood-ratio attack on a training recipe (after Carlini et al., arXiv 2112.03570): models are
 * trained on random halves of the rows; for each record, the scores of the models that saw it and
 * of those that did not are two normal distributions of one shared variance each; one more model is
 * attacked.
 */
public final class MembershipInference {
  private static final int MOST_RECORDS = 2000;
  private static final double FALSE_POSITIVES = 0.01;
  private static final double LEAST_VARIANCE = 1e-6;

  private MembershipInference() {}

  /** Trains the job's network on some of the rows, charged to nobody. */
  @FunctionalInterface
  public interface Trainer {
    /** Weights after training. */
    Weights train(LabelledRows rows) throws IOException, LedgerException, AccountingException;
  }

  /** Attacks the first 2,000 rows, or all of them if there are fewer. */
  public static MembershipResult run(
      NetworkSpec network, Loss loss, LabelledRows rows, int shadows, long seed, Trainer trainer)
      throws IOException, LedgerException, AccountingException {
    SplittableRandom coins = new SplittableRandom(seed);
    TrainingData data = new RowData(rows);
    int records = Math.min(MOST_RECORDS, rows.count());
    boolean[][] member = new boolean[shadows + 1][];
    double[][] scores = new double[shadows + 1][];
    for (int model = 0; model <= shadows; model++) {
      boolean[] takes = new boolean[rows.count()];
      for (int i = 0; i < takes.length; i++) {
        takes[i] = coins.nextBoolean();
      }
      Weights weights = trainer.train(rows.select(takes));
      member[model] = takes;
      scores[model] = scores(network, weights, loss, data, records);
    }
    return judged(
        shadows, ratios(scores, member, records), Arrays.copyOf(member[shadows], records));
  }

  private static double[] scores(
      NetworkSpec network, Weights weights, Loss loss, TrainingData data, int records) {
    int outputs = network.output().elements();
    double[] scores = new double[records];
    try (Predictor predictor = new Predictor(network, weights)) {
      float[] answers = predictor.outputs(data);
      for (int i = 0; i < records; i++) {
        float[] answer = Arrays.copyOfRange(answers, i * outputs, (i + 1) * outputs);
        scores[i] = score(answer, data.label(i), loss);
      }
    }
    return scores;
  }

  /** The logit of the true class's probability, which is close to normal. */
  static double score(float[] answer, float label, Loss loss) {
    return switch (loss) {
      case SQUARED_ERROR -> -(answer[0] - label) * (double) (answer[0] - label);
      case LOGISTIC -> label > 0.5 ? answer[0] : -answer[0];
      case CROSS_ENTROPY -> {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < answer.length; i++) {
          largest = i == (int) label ? largest : Math.max(largest, answer[i]);
        }
        double others = 0;
        for (int i = 0; i < answer.length; i++) {
          others += i == (int) label ? 0 : Math.exp(answer[i] - largest);
        }
        yield answer[(int) label] - largest - Math.log(others);
      }
    };
  }

  /** Log-likelihood ratios for the last model, from all models before it. */
  private static double[] ratios(double[][] scores, boolean[][] member, int records) {
    int shadows = scores.length - 1;
    double[][] means = new double[2][records];
    double[] squares = new double[2];
    int[] freedom = new int[2];
    for (int i = 0; i < records; i++) {
      for (int side = 0; side < 2; side++) {
        double sum = 0;
        int count = 0;
        for (int model = 0; model < shadows; model++) {
          if (member[model][i] == (side == 1)) {
            sum += scores[model][i];
            count++;
          }
        }
        means[side][i] = count == 0 ? Double.NaN : sum / count;
        for (int model = 0; model < shadows && count > 1; model++) {
          double off = scores[model][i] - means[side][i];
          squares[side] += member[model][i] == (side == 1) ? off * off : 0;
        }
        freedom[side] += Math.max(0, count - 1);
      }
    }
    double out = Math.max(LEAST_VARIANCE, squares[0] / Math.max(1, freedom[0]));
    double in = Math.max(LEAST_VARIANCE, squares[1] / Math.max(1, freedom[1]));
    double[] ratios = new double[records];
    for (int i = 0; i < records; i++) {
      double asMember = scores[shadows][i] - means[1][i];
      double asOther = scores[shadows][i] - means[0][i];
      double ratio =
          asOther * asOther / (2 * out) - asMember * asMember / (2 * in) + 0.5 * Math.log(out / in);
      // A record that was on one side in all models tells nothing.
      ratios[i] = Double.isNaN(ratio) ? 0 : ratio;
    }
    return ratios;
  }

  static MembershipResult judged(int shadows, double[] ratios, boolean[] member) {
    Integer[] order = IntStream.range(0, ratios.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> ratios[i]).reversed());
    long members = IntStream.range(0, member.length).filter(i -> member[i]).count();
    long others = member.length - members;
    long found = 0;
    long wrong = 0;
    double area = 0;
    double rate = 0;
    for (Integer i : order) {
      if (member[i]) {
        found++;
      } else {
        wrong++;
        area += found;
      }
      if (wrong <= FALSE_POSITIVES * others) {
        rate = (double) found / Math.max(1, members);
      }
    }
    double pairs = (double) Math.max(1, members * others);
    return new MembershipResult(shadows, ratios.length, area / pairs, rate);
  }
}
