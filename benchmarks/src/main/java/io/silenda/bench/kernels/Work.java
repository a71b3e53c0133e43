package io.silenda.bench.kernels;

/**
 * What an operation cannot do without, as its algorithm stands.
 *
 * @param bytes read and written: operands, keys and results, each once
 * @param multiplications multiply instructions of the kernel set, lanes counted singly
 */
public record Work(double bytes, double multiplications) {

  Work plus(Work other) {
    return new Work(bytes + other.bytes, multiplications + other.multiplications);
  }

  Work times(double factor) {
    return new Work(bytes * factor, multiplications * factor);
  }
}
