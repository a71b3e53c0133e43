package io.silenda.bench.kernels;

import io.silenda.bench.measure.Resources;
import io.silenda.he.TransformProfile;
import io.silenda.he.TransformProfile.Operation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Number-theoretic transforms and plaintext products modulo one prime. */
record TransformGroup(String kernels, int degree, int primeBits) implements CaseGroup {
  /** What fits into a cache depends on its pages as nothing else does: each block has others. */
  private static final int COPIES = 27;

  @Override
  public String name() {
    return "transforms, N=" + degree + ", " + primeBits + " bits";
  }

  @Override
  public int copies() {
    return COPIES;
  }

  @Override
  public List<KernelCase> open(Resources resources) {
    // Refuses kernels that do not agree with SEAL.
    TransformProfile profile = resources.own(TransformProfile.create(degree, primeBits));
    return Arrays.stream(Operation.values()).map(each -> kernelCase(profile, each)).toList();
  }

  private KernelCase kernelCase(TransformProfile profile, Operation operation) {
    WorkModel model = new WorkModel(kernels, degree, 1);
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("degree", degree);
    parameters.put("prime_bits", primeBits);
    boolean product = operation == Operation.POINTWISE;
    return new KernelCase(
        product ? "pointwise_product" : operation.name().toLowerCase(Locale.ROOT) + "_ntt",
        parameters,
        repetitions -> profile.sealNanos(operation, repetitions),
        repetitions -> profile.ownNanos(operation, repetitions),
        Optional.of(product ? model.onePlaintextProduct() : model.transforms(1)));
  }
}
