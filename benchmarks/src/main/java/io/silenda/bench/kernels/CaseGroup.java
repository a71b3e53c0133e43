package io.silenda.bench.kernels;

import io.silenda.bench.measure.Resources;
import java.util.List;

/** Cases that share a context and keys. */
interface CaseGroup {
  /** Copies of what takes a second to make. */
  int SMALL_COPIES = 3;

  /** For progress. */
  String name();

  /**
   * How many times it is opened, so that its operands and keys lie in different memory; more than
   * one where that is cheap.
   */
  default int copies() {
    return 1;
  }

  /**
   * Opens what the cases need, and checks that both sides of each agree.
   *
   * @param resources what closes it
   * @throws IllegalStateException if they do not agree
   */
  List<KernelCase> open(Resources resources) throws Exception;
}
