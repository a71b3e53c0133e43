package io.silenda.infer.enclave.outsource;

import java.io.IOException;

/**
 * The untrusted side: fast, and free to lie. It has the layers' integer weights; what it is asked
 * to multiply looks uniformly random to it.
 */
@FunctionalInterface
public interface Accelerator {
  /**
   * Images of several rows under one layer.
   *
   * @param layer number of the layer
   * @param inputs residues, one row of {@link FieldMap#inputSize()} after the other
   * @param rows number of rows
   * @return residues, one row of {@link FieldMap#outputSize()} after the other
   * @throws IOException if there is no answer
   */
  int[] multiply(int layer, int[] inputs, int rows) throws IOException;
}
