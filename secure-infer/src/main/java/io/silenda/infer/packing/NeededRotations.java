package io.silenda.infer.packing;

import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The rotations that a matrix needs between two layouts: the entry from element e to output o needs
 * one that is congruent to position(e) − position(o) modulo the shorter block.
 */
final class NeededRotations {
  private final int modulus;
  private final int inBlocks;
  private final boolean[][] residues;

  NeededRotations(SparseMatrix matrix, TensorLayout in, TensorLayout out) {
    this.modulus = Math.min(in.period(), out.period());
    this.inBlocks = in.blocks();
    this.residues = new boolean[in.blocks() * out.blocks()][];
    matrix.forEach(
        (row, column, value) -> {
          int pair = out.block(row) * inBlocks + in.block(column);
          if (residues[pair] == null) {
            residues[pair] = new boolean[modulus];
          }
          residues[pair][(in.position(column) - out.position(row)) & (modulus - 1)] = true;
        });
  }

  /** Pairs of ciphertexts with a weight between them; at least one. */
  int pairs() {
    int pairs = 0;
    for (boolean[] pair : residues) {
      pairs += pair == null ? 0 : 1;
    }
    return Math.max(1, pairs);
  }

  /** Input ciphertexts with a weight to any of the result; at least one. */
  int inputs() {
    Set<Integer> inputs = new HashSet<>();
    for (int pair = 0; pair < residues.length; pair++) {
      if (residues[pair] != null) {
        inputs.add(pair % inBlocks);
      }
    }
    return Math.max(1, inputs.size());
  }

  /** Diagonals of all pairs. */
  int diagonals() {
    int diagonals = 0;
    for (boolean[] pair : residues) {
      for (int i = 0; pair != null && i < modulus; i++) {
        diagonals += pair[i] ? 1 : 0;
      }
    }
    return diagonals;
  }

  /** Rotations of all pairs as signed numbers in the window that follows their widest gap. */
  SortedSet<Integer> signed() {
    boolean[] union = union();
    int start = afterWidestGap(union);
    TreeSet<Integer> window = new TreeSet<>();
    int last = 0;
    for (int i = 0; i < modulus; i++) {
      last = union[(start + i) % modulus] ? i : last;
    }
    int base = start + last >= modulus ? start - modulus : start;
    for (int i = 0; i < modulus; i++) {
      if (union[(start + i) % modulus]) {
        window.add(base + i);
      }
    }
    if (window.isEmpty()) {
      window.add(0); // A map of zeros: one diagonal, so that the caller can say so.
    }
    return window;
  }

  private boolean[] union() {
    boolean[] union = new boolean[modulus];
    for (boolean[] pair : residues) {
      for (int i = 0; pair != null && i < modulus; i++) {
        union[i] |= pair[i];
      }
    }
    return union;
  }

  private static int afterWidestGap(boolean[] residues) {
    int modulus = residues.length;
    int bestStart = 0;
    int bestGap = 0;
    int gap = 0;
    for (int i = 0; i < 2 * modulus; i++) {
      if (!residues[i % modulus]) {
        gap++;
      } else {
        if (gap > bestGap && gap < modulus) {
          bestGap = gap;
          bestStart = i % modulus;
        }
        gap = 0;
      }
    }
    return bestStart;
  }
}
