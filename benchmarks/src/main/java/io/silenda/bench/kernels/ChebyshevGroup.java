package io.silenda.bench.kernels;

import io.silenda.bench.measure.Resources;
import io.silenda.bench.measure.Timed;
import io.silenda.he.Evaluator;
import io.silenda.he.Polynomial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A polynomial of degree 27 on every slot: what a smooth activation takes. */
public final class ChebyshevGroup implements CaseGroup {
  /** Where it is evaluated. */
  public static final Preset PRESET = Preset.N16384_L7;

  static final int DEGREE = 27;
  private static final double TOLERANCE = 1e-4;

  /** tanh(3x): smooth, odd, and close to a step. */
  public static Polynomial polynomial() {
    int nodes = 64;
    double[] coefficients = new double[DEGREE + 1];
    for (int k = 0; k <= DEGREE; k++) {
      for (int node = 0; node < nodes; node++) {
        double angle = Math.PI * (node + 0.5) / nodes;
        double weight = (k == 0 ? 1.0 : 2.0) / nodes;
        // A little of an even function, so that no coefficient is zero.
        double value = Math.tanh(3 * Math.cos(angle)) + 0.1 * Math.cos(2 * Math.cos(angle));
        coefficients[k] += weight * value * Math.cos(k * angle);
      }
    }
    return new Polynomial(Polynomial.Basis.CHEBYSHEV, coefficients);
  }

  @Override
  public String name() {
    return "Chebyshev polynomial of degree " + DEGREE;
  }

  @Override
  public int copies() {
    return SMALL_COPIES;
  }

  @Override
  public List<KernelCase> open(Resources resources) {
    Polynomial polynomial = polynomial();
    CkksWorkload workload = resources.own(CkksWorkload.open(PRESET, new TreeMap<>()));
    workload.requireAgreement(
        "Chebyshev polynomial", TOLERANCE, e -> workload.evaluate(e, polynomial));
    Map<String, Object> parameters = Rings.parameters(PRESET);
    parameters.put("polynomial_degree", DEGREE);
    return List.of(
        new KernelCase(
            "chebyshev",
            parameters,
            timed(workload, Implementation.SEAL, polynomial),
            timed(workload, Implementation.SILENDA, polynomial),
            Optional.empty()));
  }

  private static Timed timed(
      CkksWorkload workload, Implementation implementation, Polynomial polynomial) {
    Evaluator evaluator = workload.evaluator(implementation);
    return Timed.of(() -> workload.evaluate(evaluator, polynomial).close());
  }
}
