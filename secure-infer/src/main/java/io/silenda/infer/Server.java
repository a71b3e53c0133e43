package io.silenda.infer;

import io.silenda.he.AcceleratedEvaluator;
import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.EvaluationKeys;
import io.silenda.he.Evaluator;
import io.silenda.he.LinearTransform;
import io.silenda.infer.packing.Diagonal;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedStep;
import io.silenda.infer.schedule.ScheduledProgram;
import java.util.ArrayList;
import java.util.List;

/**
 * The model owner's side: holds encoded weights and evaluates requests. It has no field and no
 * method that takes a secret key.
 *
 * <p>Safe for use by several threads at once; each evaluation runs on the calling thread. Closing
 * it frees the encoded weights.
 */
public final class Server implements AutoCloseable {
  private final ScheduledProgram program;
  private final Evaluator evaluator;
  private final List<LinearTransform> transforms = new ArrayList<>();

  /**
   * Encodes the weights of a bundle.
   *
   * @param context a context of the bundle's parameters; stays open as long as the server is used
   */
  public Server(ServerBundle bundle, CkksContext context) {
    this.program = bundle.program();
    this.evaluator = new AcceleratedEvaluator(context);
    try {
      encodeWeights(context);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void encodeWeights(CkksContext context) {
    double scale = Math.pow(2, program.inputLog2Scale());
    for (int i = 0; i < program.program().steps().size(); i++) {
      PackedStep step = program.program().steps().get(i);
      if (step instanceof PackedLinear linear) {
        LinearTransform transform = encode(context, linear, i, scale);
        transforms.add(transform);
        scale = transform.resultScale();
      } else {
        scale = scale * scale / context.dataPrimes()[program.level(i)];
      }
    }
  }

  private LinearTransform encode(
      CkksContext context, PackedLinear linear, int index, double inputScale) {
    int slotCount = program.program().slotCount();
    LinearTransform.Builder builder =
        LinearTransform.builder(
            context,
            program.level(index),
            inputScale,
            Math.pow(2, program.weightLog2Scales().get(index)));
    for (Diagonal diagonal : linear.diagonals()) {
      builder.diagonal(diagonal.giant(), diagonal.baby(), diagonal.slots(slotCount));
    }
    for (int fold : linear.folds()) {
      builder.fold(fold);
    }
    return builder.rescale(program.rescales(index)).bias(linear.biasSlots(slotCount)).build();
  }

  /**
   * Evaluates one request; the caller closes the answer.
   *
   * @param keys the evaluation keys of the client that made the request
   * @throws IllegalArgumentException if a planned key is missing or belongs to another context
   */
  public EncryptedResponse evaluate(EncryptedRequest request, EvaluationKeys keys) {
    Ciphertext state = request.ciphertext();
    int nextTransform = 0;
    for (PackedStep step : program.program().steps()) {
      Ciphertext next;
      try {
        next =
            step instanceof PackedLinear
                ? evaluator.apply(transforms.get(nextTransform++), state, keys)
                : evaluator.squareRelinearizeRescale(state, keys);
      } finally {
        if (state != request.ciphertext()) {
          state.close();
        }
      }
      state = next;
    }
    return new EncryptedResponse(state, request.rows());
  }

  /** Native bytes that the encoded weights take. */
  public long weightBytes() {
    return transforms.stream().mapToLong(LinearTransform::nativeBytes).sum();
  }

  @Override
  public void close() {
    transforms.forEach(LinearTransform::close);
  }
}
