package io.silenda.infer;

import io.silenda.infer.enclave.ExecutionPolicy;
import io.silenda.infer.schedule.Flooding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who learns what, as far as this software can promise it.
 *
 * @param mode the mode that this speaks of
 * @param serverLearns what whoever runs the model learns
 * @param clientLearns what whoever owns the rows learns
 * @param trusts what has to be trusted
 * @param doesNotProtectFrom what stays possible
 * @param protections what can be turned on and off, with how much of it is on
 */
public record Guarantee(
    Mode mode,
    List<String> serverLearns,
    List<String> clientLearns,
    List<String> trusts,
    List<String> doesNotProtectFrom,
    List<String> protections) {

  private static final String NOISE =
      "what an answer's noise tells of the weights: answers are masked and re-randomised, not flooded";

  private static final String FLOODED_NOISE =
      "what an answer's noise tells of the weights beyond circuit privacy: to clients whose keys or"
          + " requests are malformed, and for rows unlike those of calibration";

  private static final String NOT_FLOODED = "circuit privacy: off, answers are not flooded";

  private static final String NOT_SHARED =
      "flooding of decrypted values (IND-CPA-D): no room reserved, Answers.shareWith floods or refuses";

  private static final Guarantee PLAIN =
      new Guarantee(
          Mode.PLAIN,
          List.of("everything"),
          List.of("the output"),
          List.of("the server"),
          List.of("the server: this is the baseline"));

  private static final Guarantee SIMULATE =
      new Guarantee(
          Mode.SIMULATE,
          List.of("nothing: nothing leaves the process"),
          List.of("the output, with noise as encryption would leave it"),
          List.of("this process, which sees rows and model in the clear"),
          List.of("anybody who reads this process: it is a dry run and encrypts nothing"));

  private static final Guarantee HE =
      new Guarantee(
          Mode.HE,
          List.of("sizes", "timing", "which model"),
          List.of("the output", "parameters and rotation steps, so some of the architecture"),
          List.of("nothing but mathematics (CKKS at 128-bit security)"),
          List.of(
              "wrong answers from a malicious server",
              "extraction of the model by many queries, or by a client that sends malformed keys",
              "sharing decrypted values: CKKS is not IND-CPA-D secure",
              NOISE),
          List.of(NOT_FLOODED, NOT_SHARED));

  private static final Guarantee ENCLAVE =
      new Guarantee(
          Mode.ENCLAVE,
          List.of("sizes, padded", "timing"),
          List.of("the output", "the identity of the measured code"),
          List.of("the hardware vendor", "the measured code"),
          List.of(
              "side channels: ONNX Runtime's kernels branch and address by data",
              "physical attacks, such as interposers on the memory bus",
              "denial of service"));

  private static final Guarantee SIMULATED_ENCLAVE =
      new Guarantee(
          Mode.ENCLAVE,
          List.of("SIMULATED: everything, if whoever runs the machine wants to"),
          List.of("the output", "a digest that only the host reports"),
          List.of("SIMULATED: the host and its administrator; no hardware stands behind this"),
          List.of("the host: a sandbox is no TEE", "side channels", "denial of service"));

  /** Copies the lists. */
  public Guarantee {
    serverLearns = List.copyOf(serverLearns);
    clientLearns = List.copyOf(clientLearns);
    trusts = List.copyOf(trusts);
    doesNotProtectFrom = List.copyOf(doesNotProtectFrom);
    protections = List.copyOf(protections);
  }

  /** A guarantee of a mode that has nothing to turn on or off. */
  public Guarantee(
      Mode mode,
      List<String> serverLearns,
      List<String> clientLearns,
      List<String> trusts,
      List<String> doesNotProtectFrom) {
    this(mode, serverLearns, clientLearns, trusts, doesNotProtectFrom, List.of());
  }

  /** The guarantee of a mode. */
  public static Guarantee of(Mode mode) {
    return switch (mode) {
      case PLAIN -> PLAIN;
      case SIMULATE -> SIMULATE;
      case HE -> HE;
      case ENCLAVE -> ENCLAVE;
    };
  }

  /**
   * The guarantee of {@link Mode#HE} for one compiled model.
   *
   * @param flooding of its answers, where it was compiled so
   * @param sharing of decrypted values, where it was compiled for that
   */
  public static Guarantee encrypted(Optional<Flooding> flooding, Optional<Sharing> sharing) {
    List<String> open = new ArrayList<>(HE.doesNotProtectFrom);
    if (flooding.isPresent()) {
      open.set(open.indexOf(NOISE), FLOODED_NOISE);
    }
    return new Guarantee(
        HE.mode,
        HE.serverLearns,
        HE.clientLearns,
        HE.trusts,
        open,
        List.of(
            flooding.map(Guarantee::on).orElse(NOT_FLOODED),
            sharing.map(Guarantee::on).orElse(NOT_SHARED)));
  }

  private static String on(Flooding flooding) {
    int bits = flooding.bits();
    return "circuit privacy: on, answers are flooded with noise up to a statistical distance of 2^-%d"
            .formatted(bits)
        + " each, 2^-%d for a million".formatted(bits - Flooding.LOG2_ROOT_OF_MILLION);
  }

  private static String on(Sharing sharing) {
    return String.format(
        Locale.ROOT,
        "flooding of decrypted values (IND-CPA-D): on, Answers.shareWith has room for %d answers at %d"
            + " statistical bits within an error of %.2g",
        sharing.answers(),
        sharing.statisticalBits(),
        sharing.maxError());
  }

  /** The guarantee of {@link Mode#ENCLAVE} where no hardware stands behind the evidence. */
  public static Guarantee simulatedEnclave() {
    return SIMULATED_ENCLAVE;
  }

  /**
   * The same for a worker that computes so: what its options add to what others see, and what they
   * take from it. An oblivious tail narrows the first side channel by its last step, no more; a cap
   * on memory lets the host see when each page is read, which is the same for all rows.
   */
  public Guarantee with(ExecutionPolicy execution) {
    List<String> server = new ArrayList<>(serverLearns);
    List<String> open = new ArrayList<>(doesNotProtectFrom);
    if (execution.maxResidentBytes().isPresent()) {
      server.add("when which page of the model is read, which does not depend on rows");
    }
    execution
        .tail()
        .ifPresent(
            tail ->
                open.replaceAll(
                    each ->
                        each.startsWith("side channels")
                            ? each + "; only the last step, " + tail + ", leaves no trace of values"
                            : each));
    return new Guarantee(mode, server, clientLearns, trusts, open, protections);
  }

  /** One line for people. */
  public String summary() {
    return "server learns "
        + String.join(", ", serverLearns)
        + "; client learns "
        + String.join(", ", clientLearns)
        + "; trusts "
        + String.join(", ", trusts);
  }
}
