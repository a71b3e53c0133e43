package io.silenda.bench.kernels;

import io.silenda.he.TransformProfile;
import io.silenda.he.TransformProfile.Operation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Number-theoretic transforms and plaintext products modulo one prime. */
record TransformGroup(String kernels, int degree, int primeBits) implements CaseGroup {

  @Override
  public String name() {
    return "transforms, N=" + degree + ", " + primeBits + " bits";
  }

  @Override
  public int size() {
    return Operation.values().length;
  }

  @Override
  public void run(Consumer<KernelCase> measurer) {
    WorkModel model = new WorkModel(kernels, degree, 1);
    // Refuses kernels that do not agree with SEAL.
    try (TransformProfile profile = TransformProfile.create(degree, primeBits)) {
      for (Operation operation : Operation.values()) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("degree", degree);
        parameters.put("prime_bits", primeBits);
        measurer.accept(
            new KernelCase(
                operation == Operation.POINTWISE
                    ? "pointwise_product"
                    : operation.name().toLowerCase(Locale.ROOT) + "_ntt",
                parameters,
                repetitions -> profile.sealNanos(operation, repetitions),
                repetitions -> profile.ownNanos(operation, repetitions),
                Optional.of(
                    operation == Operation.POINTWISE
                        ? model.onePlaintextProduct()
                        : model.transforms(1))));
      }
    }
  }
}
