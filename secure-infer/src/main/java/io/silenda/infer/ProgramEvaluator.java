package io.silenda.infer;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.Encryptor;
import io.silenda.he.EvaluationKeys;
import io.silenda.he.Evaluator;
import io.silenda.he.LinearTransform;
import io.silenda.he.Plaintext;
import io.silenda.he.PublicKey;
import io.silenda.infer.packing.Diagonal;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedPolynomial;
import io.silenda.infer.packing.PackedStep;
import io.silenda.infer.schedule.ScheduledProgram;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a scheduled program on ciphertexts, its weights encoded once at the levels they are used at.
 * Thread-safe; the evaluator that a call brings decides on which threads it computes.
 */
final class ProgramEvaluator implements AutoCloseable {
  private final ScheduledProgram program;
  private final CkksContext context;
  private final List<LinearTransform> transforms = new ArrayList<>();
  private double answerScale;

  ProgramEvaluator(ScheduledProgram program, CkksContext context) {
    this.program = program;
    this.context = context;
    try {
      encodeWeights();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void encodeWeights() {
    double scale = Math.pow(2, program.inputLog2Scale());
    for (int i = 0; i < program.program().steps().size(); i++) {
      PackedStep step = program.program().steps().get(i);
      if (step instanceof PackedLinear linear) {
        LinearTransform transform = encode(linear, i, scale);
        transforms.add(transform);
        scale = transform.resultScale();
      } else {
        scale =
            ((PackedPolynomial) step).isSquare()
                ? scale * scale / context.dataPrimes()[program.level(i)]
                : targetScale(i);
      }
    }
    answerScale = scale;
  }

  private LinearTransform encode(PackedLinear linear, int index, double inputScale) {
    int slotCount = program.program().slotCount();
    LinearTransform.Builder builder =
        LinearTransform.builder(
            context,
            program.level(index),
            inputScale,
            Math.pow(2, program.stepLog2Scales().get(index)));
    for (Diagonal diagonal : linear.diagonals()) {
      builder.diagonal(diagonal.giant(), diagonal.baby(), diagonal.slots(slotCount));
    }
    for (int fold : linear.folds()) {
      builder.fold(fold);
    }
    return builder.rescale(program.rescales(index)).bias(linear.biasSlots(slotCount)).build();
  }

  /** Exact scale of an answer. */
  double answerScale() {
    return answerScale;
  }

  /** Evaluates the program; the caller closes the result. */
  Ciphertext evaluate(Evaluator evaluator, Ciphertext input, EvaluationKeys keys) {
    Ciphertext state = input;
    int nextTransform = 0;
    List<PackedStep> steps = program.program().steps();
    for (int i = 0; i < steps.size(); i++) {
      Ciphertext next;
      try {
        next =
            steps.get(i) instanceof PackedPolynomial polynomial
                ? evaluate(evaluator, polynomial, i, state, keys)
                : evaluator.apply(transforms.get(nextTransform++), state, keys);
      } finally {
        if (state != input) {
          state.close();
        }
      }
      state = next;
    }
    return state;
  }

  private Ciphertext evaluate(
      Evaluator evaluator,
      PackedPolynomial step,
      int index,
      Ciphertext state,
      EvaluationKeys keys) {
    return step.isSquare()
        ? evaluator.squareRelinearizeRescale(state, keys)
        : evaluator.evaluate(step.polynomial(), state, keys, targetScale(index));
  }

  private double targetScale(int index) {
    return Math.pow(2, program.stepLog2Scales().get(index));
  }

  /**
   * The same answer with fresh randomness, so that its polynomials tell nothing of how it was
   * computed beyond what its noise does.
   *
   * @param zero zeros at the answer's level and scale
   */
  Ciphertext rerandomised(
      Evaluator evaluator, Ciphertext answer, Plaintext zero, PublicKey publicKey) {
    try (Ciphertext mask = Encryptor.withPublicKey(context, publicKey).encrypt(zero)) {
      return evaluator.add(answer, mask);
    }
  }

  long weightBytes() {
    return transforms.stream().mapToLong(LinearTransform::nativeBytes).sum();
  }

  @Override
  public void close() {
    transforms.forEach(LinearTransform::close);
  }
}
