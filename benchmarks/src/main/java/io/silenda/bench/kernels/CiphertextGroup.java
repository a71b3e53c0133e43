package io.silenda.bench.kernels;

import io.silenda.bench.measure.Resources;
import io.silenda.bench.measure.Timed;
import io.silenda.he.Ciphertext;
import io.silenda.he.Evaluator;
import io.silenda.he.LinearTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** Rotations, products and rescaling of ciphertexts at the top level of one ring. */
final class CiphertextGroup implements CaseGroup {
  private static final int HOISTED = 8;
  private static final int MOST_KEYS = 20;

  /** Far above the noise at every preset's scale, far below the slots. */
  private static final double TOLERANCE = 1e-2;

  private final Preset preset;
  private final boolean hoisted;
  private final int keyCount;
  private final WorkModel model;

  /**
   * @param cacheBytes what all rotation keys together must exceed twice, to be cold when used in
   *     turn
   * @param hoisted whether to measure hoisted rotations
   */
  CiphertextGroup(String kernels, Preset preset, long cacheBytes, boolean hoisted) {
    this.preset = preset;
    this.hoisted = hoisted;
    int digits = preset.parameters().maxLevel() + 1;
    this.model = new WorkModel(kernels, preset.parameters().polyModulusDegree(), digits);
    int cold = (int) Math.min(MOST_KEYS, 2 * cacheBytes / model.keyBytes() + 1);
    this.keyCount = Math.max(cold, hoisted ? HOISTED : 2);
  }

  @Override
  public String name() {
    return "ciphertexts, " + preset;
  }

  @Override
  public int copies() {
    return hoisted ? SMALL_COPIES : 1;
  }

  @Override
  public List<KernelCase> open(Resources resources) {
    SortedMap<Integer, Integer> levels = new TreeMap<>();
    for (int step = 1; step <= keyCount; step++) {
      levels.put(step, preset.parameters().maxLevel());
    }
    CkksWorkload workload = resources.own(CkksWorkload.open(preset, levels));
    List<KernelCase> cases = new ArrayList<>();
    rotations(workload, cases::add);
    products(workload, cases::add);
    if (hoisted) {
      hoisted(workload, cases::add);
    }
    return cases;
  }

  private void rotations(CkksWorkload workload, Consumer<KernelCase> cases) {
    workload.requireAgreement("rotation", TOLERANCE, e -> workload.rotate(e, 1));
    Map<String, Object> hot = parameters();
    hot.put("keys", "hot");
    measure(workload, "rotation", hot, model.rotation(), e -> workload.rotate(e, 1), cases);
    Map<String, Object> cold = parameters();
    cold.put("keys", "cold");
    AtomicInteger next = new AtomicInteger();
    cases.accept(
        new KernelCase(
            "rotation",
            cold,
            inTurn(workload, Implementation.SEAL, next),
            inTurn(workload, Implementation.SILENDA, next),
            Optional.of(model.rotation())));
  }

  /** Goes on where either stopped, so that the key of each rotation has left the cache. */
  private Timed inTurn(CkksWorkload workload, Implementation implementation, AtomicInteger next) {
    Evaluator evaluator = workload.evaluator(implementation);
    return Timed.of(
        () -> workload.rotate(evaluator, 1 + next.getAndIncrement() % keyCount).close());
  }

  private void products(CkksWorkload w, Consumer<KernelCase> cases) {
    Work all = model.multiply().plus(model.relinearizeRescale());
    check(w, "multiply_relinearize_rescale", all, w::multiplyRelinearizeRescale, cases);
    check(w, "square_relinearize_rescale", all, w::squareRelinearizeRescale, cases);
    check(w, "rescale", model.rescale(2), w::rescale, cases);
    check(w, "multiply_plain", model.plaintextProduct(), w::multiplyPlain, cases);
  }

  /** SEAL has no hoisting: its eight rotations are made one by one, and not even summed. */
  private void hoisted(CkksWorkload workload, Consumer<KernelCase> cases) {
    LinearTransform transform = workload.hoistedRotations(HOISTED);
    workload.requireAgreement("hoisted rotations", TOLERANCE, e -> workload.apply(e, transform));
    Evaluator seal = workload.evaluator(Implementation.SEAL);
    Evaluator own = workload.evaluator(Implementation.SILENDA);
    cases.accept(
        new KernelCase(
            "8_hoisted_rotations",
            parameters(),
            Timed.of(() -> rotateEach(workload, seal)),
            Timed.of(() -> workload.apply(own, transform).close()),
            Optional.of(model.hoisted(HOISTED, HOISTED))));
  }

  private static void rotateEach(CkksWorkload workload, Evaluator evaluator) {
    for (int step = 1; step <= HOISTED; step++) {
      workload.rotate(evaluator, step).close();
    }
  }

  private void check(
      CkksWorkload workload,
      String operation,
      Work work,
      Function<Evaluator, Ciphertext> run,
      Consumer<KernelCase> cases) {
    workload.requireAgreement(operation, TOLERANCE, run);
    measure(workload, operation, parameters(), work, run, cases);
  }

  private static void measure(
      CkksWorkload workload,
      String operation,
      Map<String, Object> parameters,
      Work work,
      Function<Evaluator, Ciphertext> run,
      Consumer<KernelCase> cases) {
    Evaluator seal = workload.evaluator(Implementation.SEAL);
    Evaluator own = workload.evaluator(Implementation.SILENDA);
    cases.accept(
        new KernelCase(
            operation,
            parameters,
            Timed.of(() -> run.apply(seal).close()),
            Timed.of(() -> run.apply(own).close()),
            Optional.of(work)));
  }

  private Map<String, Object> parameters() {
    return Rings.parameters(preset);
  }
}
