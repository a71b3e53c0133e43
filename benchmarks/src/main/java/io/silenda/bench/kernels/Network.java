package io.silenda.bench.kernels;

/**
 * An exact network of the demo.
 *
 * @param model file name without its ending
 * @param rowsFile rows to answer
 * @param divisor what the rows were divided by for training
 */
record Network(String model, String rowsFile, float divisor) {

  static Network digits(String model) {
    return new Network(model, "mnist_test_x_u8.npy", 255);
  }

  static Network patients(String model) {
    return new Network(model, "breast_cancer_test_x.npy", 1);
  }
}
