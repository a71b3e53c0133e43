package io.silenda.dp.report;

import io.silenda.dp.data.Labels;
import io.silenda.dp.job.PrivacySection;
import io.silenda.dp.job.TrainingJob;
import io.silenda.dp.job.TrainingSection;
import io.silenda.dp.network.LayerSpec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What may be published beside a model: the job's own constants, the guarantee, and figures on rows
 * that were declared public. Nothing of {@link JobResult#local} is read here.
 */
public final class ModelCard {
  private static final double FALSE_POSITIVES = 0.01;

  private ModelCard() {}

  /** Members of the JSON form. */
  public static Map<String, Object> members(JobResult result) {
    TrainingJob job = result.job();
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("name", job.name());
    card.put("model_sha256", sha256(result.model()));
    card.put("guarantee", result.guarantee().text());
    card.put("privacy", privacy(result));
    card.put("training", training(job.training()));
    card.put("network", network(result));
    result.publicAccuracy().ifPresent(value -> card.put("public_test_" + metric(result), value));
    result.audit().ifPresent(audit -> card.put("audit", audit.text(result.guarantee().epsilon())));
    return card;
  }

  private static Map<String, Object> privacy(JobResult result) {
    PrivacySection asked = result.job().privacy();
    RunGuarantee guarantee = result.guarantee();
    Map<String, Object> privacy = new LinkedHashMap<>();
    privacy.put("private", guarantee.secretNoise());
    privacy.put("epsilon", RunGuarantee.roundedUp(guarantee.epsilon()));
    privacy.put("delta", guarantee.delta());
    privacy.put(
        "adjacency", guarantee.adjacency().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    privacy.put("accountant", "pld");
    privacy.putAll(MechanismWords.members(result.job()));
    privacy.put("noise_multiplier", result.noiseMultiplier());
    privacy.put("charged_steps", guarantee.chargedSteps());
    privacy.put("clipping", Words.clipping(asked.clipping()));
    return privacy;
  }

  private static Map<String, Object> training(TrainingSection asked) {
    Map<String, Object> training = new LinkedHashMap<>();
    training.put("steps", asked.steps());
    training.put("expected_batch_size", asked.expectedBatchSize());
    training.put("optimizer", Words.optimizer(asked.optimizer()));
    training.put("learning_rate", Words.learningRate(asked.learningRate()));
    training.put("averaging_decay", asked.averagingDecay());
    training.put("seed", asked.seed());
    return training;
  }

  private static Map<String, Object> network(JobResult result) {
    Map<String, Object> network = new LinkedHashMap<>();
    network.put("input", result.network().input().sizes());
    network.put("layers", result.network().layers().stream().map(LayerSpec::toString).toList());
    network.put("parameters", result.network().parameterCount());
    if (result.network().features().isPresent()) {
      network.put(
          "encrypted_inference",
          "impossible: scattering takes moduli, which homomorphic encryption cannot");
    }
    network.put("scaling_in_model", result.scaling().isPresent());
    return network;
  }

  static String metric(JobResult result) {
    return result.job().data().source().labels() instanceof Labels.Target ? "rmse" : "accuracy";
  }

  /** The same for people. */
  public static String markdown(JobResult result) {
    TrainingJob job = result.job();
    RunGuarantee guarantee = result.guarantee();
    return "# "
        + job.name()
        + "\n\n**"
        + guarantee.text()
        + ".**\n\n"
        + words(result)
        + "\n## Privacy\n\n"
        + table(privacy(result))
        + "\n## Training\n\n"
        + table(training(job.training()))
        + "\n## Network\n\n"
        + table(network(result))
        + (result.publicAccuracy().isPresent()
            ? String.format(
                Locale.ROOT,
                "%n## Quality%n%n%s %.4f on rows that were declared public.%n",
                metric(result),
                result.publicAccuracy().getAsDouble())
            : "")
        + result
            .audit()
            .map(audit -> "\n## Audit\n\n" + audit.text(result.guarantee().epsilon()) + ".\n")
            .orElse("")
        + "\nmodel.onnx has SHA-256 `"
        + sha256(result.model())
        + "`.\n";
  }

  private static String words(JobResult result) {
    RunGuarantee guarantee = result.guarantee();
    if (!guarantee.secretNoise()) {
      return "The noise came from a seed that others can know: this model protects nobody.\n";
    }
    return String.format(
        Locale.ROOT,
        "Neighbours are %s.%s Whoever holds the model, knows every other record and may compute"
            + " without limit, tells the training data from a neighbour with at most %.1f %% true"
            + " positives at %.0f %% false positives. The guarantee is the trainer's: it rests on"
            + " noise that nobody saw, on settings that were not chosen by looking at the private"
            + " rows, and covers this model alone; other releases from the same rows add to it. It"
            + " hides single records, not what is true of the whole population.%n",
        Words.adjacency(guarantee.adjacency()),
        MechanismWords.neighbours(result.job().privacy().mechanism()),
        100
            * Words.largestTruePositiveRate(
                FALSE_POSITIVES, guarantee.epsilon(), guarantee.delta()),
        100 * FALSE_POSITIVES);
  }

  private static String table(Map<String, Object> members) {
    return "| | |\n|---|---|\n"
        + members.entrySet().stream()
            .map(entry -> "| " + entry.getKey().replace('_', ' ') + " | " + cell(entry.getValue()))
            .collect(Collectors.joining(" |\n"))
        + " |\n";
  }

  private static String cell(Object value) {
    String text = value instanceof Double number ? Words.number(number) : String.valueOf(value);
    return text.replace("|", "\\|");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
