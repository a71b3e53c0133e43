package io.silenda.infer.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A tensor that is not computed yet: {@code Σ scale · matrix · x + bias} over tensors that are.
 * Linear layers change the form and nothing else, so that neighbours become one stage; only what is
 * not linear makes a form a stage.
 *
 * @param name names of the layers in it, joined
 * @param terms the tensors that it takes, each once
 * @param bias one value for each element
 * @param image the tensor's shape where it is an image
 */
@SuppressWarnings("ArrayRecordComponent") // Never handed out of the package, never changed.
record AffineForm(String name, List<Term> terms, double[] bias, Optional<ImageShape> image) {

  /**
   * One summand.
   *
   * @param tensor id of a tensor
   * @param scale factor
   * @param matrix the matrix; none stands for the identity
   */
  record Term(int tensor, double scale, Optional<SparseMatrix> matrix) {
    SparseMatrix explicit(int size) {
      return matrix.orElseGet(() -> AffineMap.identity(size).matrix()).scaled(scale);
    }

    private Term after(SparseMatrix left) {
      SparseMatrix product = matrix.map(left::times).orElse(left);
      return new Term(tensor, scale, Optional.of(product));
    }

    private Term scaled(double factor) {
      return new Term(tensor, scale * factor, matrix);
    }

    private Term plus(Term other, int size) {
      return matrix.isEmpty() && other.matrix.isEmpty()
          ? new Term(tensor, scale + other.scale, matrix)
          : new Term(tensor, 1, Optional.of(explicit(size).plus(other.explicit(size))));
    }
  }

  /** A computed tensor, scaled and shifted. */
  static AffineForm ofTensor(
      int tensor, double scale, double shift, int size, Optional<ImageShape> image) {
    double[] bias = new double[size];
    Arrays.fill(bias, shift);
    return new AffineForm("", List.of(new Term(tensor, scale, Optional.empty())), bias, image);
  }

  int size() {
    return bias.length;
  }

  /** Weights other than zero, those of identities not counted. */
  long entryCount() {
    long count = 0;
    for (Term term : terms) {
      count += term.matrix().map(SparseMatrix::entryCount).orElse(0);
    }
    return count;
  }

  /** Whether it is a computed tensor but for one factor and one summand. */
  boolean isScaledTensor() {
    if (terms.size() != 1 || terms.get(0).matrix().isPresent()) {
      return false;
    }
    for (double value : bias) {
      if (value != bias[0]) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is a computed tensor as it is. */
  boolean isTensor() {
    return isScaledTensor() && terms.get(0).scale() == 1 && bias[0] == 0;
  }

  /** The layer {@code map} on top. */
  AffineForm then(String layer, AffineMap map, Optional<ImageShape> outputImage) {
    return new AffineForm(
        join(name, layer),
        terms.stream().map(term -> term.after(map.matrix())).toList(),
        map.apply(bias),
        outputImage);
  }

  AffineForm scaled(double scale, double shift) {
    double[] moved = new double[bias.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = scale * bias[i] + shift;
    }
    return new AffineForm(
        name, terms.stream().map(term -> term.scaled(scale)).toList(), moved, image);
  }

  AffineForm plus(AffineForm other) {
    List<Term> sum = new ArrayList<>(terms);
    for (Term term : other.terms) {
      int same = indexOf(sum, term.tensor());
      if (same < 0) {
        sum.add(term);
      } else {
        sum.set(same, sum.get(same).plus(term, sourceSize(term)));
      }
    }
    double[] total = bias.clone();
    for (int i = 0; i < total.length; i++) {
      total[i] += other.bias[i];
    }
    return new AffineForm(join(name, other.name), sum, total, image);
  }

  /** Elements of the tensor of a term: the identity takes as many as the form has. */
  private int sourceSize(Term term) {
    return term.matrix().map(SparseMatrix::columns).orElse(bias.length);
  }

  private static int indexOf(List<Term> terms, int tensor) {
    for (int i = 0; i < terms.size(); i++) {
      if (terms.get(i).tensor() == tensor) {
        return i;
      }
    }
    return -1;
  }

  private static String join(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + "+" + second;
  }

  /** The form as a stage. */
  StageGraph.Node toNode(String nameWhereNone) {
    List<SparseMatrix> matrices =
        terms.stream().map(term -> term.explicit(sourceSize(term))).toList();
    Stage.Linear stage =
        new Stage.Linear(name.isEmpty() ? nameWhereNone : name, matrices, bias, image);
    return new StageGraph.Node(stage, terms.stream().map(Term::tensor).toList());
  }
}
