package io.silenda.bench.kernels;

import io.silenda.bench.measure.Resources;
import io.silenda.bench.measure.Timed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One product of a matrix and an encrypted vector. */
record MatrixVectorGroup(String kernels) implements CaseGroup {

  @Override
  public String name() {
    return "matrix times vector, " + MatrixVector.SIZE;
  }

  @Override
  public int copies() {
    return SMALL_COPIES;
  }

  @Override
  public List<KernelCase> open(Resources resources) {
    MatrixVector matrixVector = resources.own(new MatrixVector());
    matrixVector.requireCorrect(Implementation.SEAL);
    matrixVector.requireCorrect(Implementation.SILENDA);
    Map<String, Object> parameters = Rings.parameters(MatrixVector.PRESET);
    parameters.put("rows", MatrixVector.SIZE);
    parameters.put("columns", MatrixVector.SIZE);
    parameters.put("key_bytes_in_memory", matrixVector.keyBytes());
    parameters.put("key_bytes_sent", matrixVector.seededKeyBytes());
    return List.of(
        new KernelCase(
            "matrix_vector",
            parameters,
            Timed.of(() -> matrixVector.multiply(Implementation.SEAL).close()),
            Timed.of(() -> matrixVector.multiply(Implementation.SILENDA).close()),
            Optional.of(work())));
  }

  private Work work() {
    int degree = MatrixVector.PRESET.parameters().polyModulusDegree();
    int digits = MatrixVector.PRESET.parameters().maxLevel() + 1;
    WorkModel top = new WorkModel(kernels, degree, digits);
    WorkModel below = new WorkModel(kernels, degree, digits - 1);
    int diagonals = MatrixVector.BABY_STEPS * MatrixVector.GIANT_STEPS;
    return top.hoisted(MatrixVector.BABY_STEPS - 1, diagonals)
        .plus(top.giantSteps(MatrixVector.GIANT_STEPS - 1))
        .plus(top.rescale(2))
        .plus(below.rotation().times(MatrixVector.FOLDS.length));
  }
}
