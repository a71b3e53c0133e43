package io.silenda.infer;

import io.silenda.he.Ciphertext;
import io.silenda.he.Evaluator;
import java.util.ArrayList;
import java.util.List;

/** The tensors of one evaluation, each closed after its last use. Not thread-safe. */
final class Tensors implements AutoCloseable {
  private final Evaluator evaluator;
  private final int[] lastUses;
  private final List<List<Ciphertext>> tensors = new ArrayList<>();

  /**
   * @param input stays the caller's
   * @param lastUses for each tensor, the last step that takes it
   */
  Tensors(Evaluator evaluator, Ciphertext input, int[] lastUses) {
    this.evaluator = evaluator;
    this.lastUses = lastUses;
    tensors.add(List.of(input));
  }

  /** Works on operands that are at one level. */
  interface Operation {
    List<Ciphertext> apply(List<List<Ciphertext>> operands);
  }

  /** Computes the next tensor. Operands above {@code level} drop primes for it first. */
  void add(List<Integer> operands, int level, Operation operation) {
    List<Ciphertext> switched = new ArrayList<>();
    try {
      List<List<Ciphertext>> atLevel = new ArrayList<>();
      for (int operand : operands) {
        atLevel.add(atLevel(tensors.get(operand), level, switched));
      }
      tensors.add(operation.apply(atLevel));
    } finally {
      switched.forEach(Ciphertext::close);
    }
    release(tensors.size() - 2);
  }

  private List<Ciphertext> atLevel(List<Ciphertext> tensor, int level, List<Ciphertext> switched) {
    if (tensor.get(0).level() == level) {
      return tensor;
    }
    List<Ciphertext> result = new ArrayList<>();
    for (Ciphertext ciphertext : tensor) {
      result.add(evaluator.modSwitchTo(ciphertext, level));
      switched.add(result.get(result.size() - 1));
    }
    return result;
  }

  private void release(int step) {
    for (int tensor = 1; tensor < tensors.size(); tensor++) {
      if (lastUses[tensor] == step) {
        tensors.get(tensor).forEach(Ciphertext::close);
        tensors.set(tensor, List.of());
      }
    }
  }

  /** Hands the last tensor, a single ciphertext, to the caller, who closes it. */
  Ciphertext takeAnswer() {
    int last = tensors.size() - 1;
    Ciphertext answer = tensors.get(last).get(0);
    tensors.set(last, List.of());
    return answer;
  }

  @Override
  public void close() {
    tensors.subList(1, tensors.size()).forEach(tensor -> tensor.forEach(Ciphertext::close));
  }
}
