package io.silenda.bench.kernels;

import io.silenda.he.AcceleratedEvaluator;
import io.silenda.he.CkksContext;
import io.silenda.he.Evaluator;
import io.silenda.he.SealEvaluator;

/** Who computes. */
public enum Implementation {
  /** SEAL's evaluator: the baseline. */
  SEAL,
  /** Ours. */
  SILENDA;

  /** An evaluator for a context. */
  public Evaluator evaluator(CkksContext context) {
    return this == SEAL ? new SealEvaluator(context) : new AcceleratedEvaluator(context);
  }
}
