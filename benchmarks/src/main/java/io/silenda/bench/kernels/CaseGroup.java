package io.silenda.bench.kernels;

import java.util.function.Consumer;

/** Cases that share a context and keys, which live as long as the cases are measured. */
interface CaseGroup {
  /** For progress. */
  String name();

  /** How many cases it has. */
  int size();

  /** Opens what the cases need, hands each to the measurer, and closes it. */
  void run(Consumer<KernelCase> measurer) throws Exception;
}
