package io.silenda.dp.train;

import io.silenda.dp.ledger.LedgerException;
import java.io.IOException;

/** Charges steps to the ledger, some at a time, always before the first of them runs. */
final class StepCharges {
  private final TrainingPlan plan;
  private long charged;
  private boolean begun;

  /**
   * @param done steps of an earlier run, which charged them
   */
  StepCharges(TrainingPlan plan, long done) {
    this.plan = plan;
    charged = done;
  }

  void beforeStep(long step) throws IOException, LedgerException {
    if (plan.account().isEmpty() || step < charged) {
      return;
    }
    LedgerAccount account = plan.account().get();
    if (!begun) {
      account.ledger().requireAffordable(plan.event(plan.steps() - step));
      begun = true;
    }
    long count = Math.min(account.stepsPerEntry(), plan.steps() - step);
    account.ledger().charge(account.job(), plan.event(count));
    charged = step + count;
  }
}
