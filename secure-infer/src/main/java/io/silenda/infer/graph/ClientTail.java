package io.silenda.infer.graph;

import java.util.List;

/**
 * What the client does to one decrypted row of the core tensor. It never runs on the server, so it
 * costs no level.
 */
public sealed interface ClientTail {

  /**
   * The output for one row of the core tensor. For labels and {@link ArgMax} the result is the
   * index of the class.
   */
  double[] apply(double[] core);

  /** The core tensor is the output. */
  record None() implements ClientTail {
    @Override
    public double[] apply(double[] core) {
      return core.clone();
    }
  }

  /** Sigmoid of each element. */
  record Sigmoid() implements ClientTail {
    @Override
    public double[] apply(double[] core) {
      return TailFunctions.sigmoid(core);
    }
  }

  /** Softmax over the row. */
  record Softmax() implements ClientTail {
    @Override
    public double[] apply(double[] core) {
      return TailFunctions.softmax(core);
    }
  }

  /** Logarithm of the softmax over the row. */
  record LogSoftmax() implements ClientTail {
    @Override
    public double[] apply(double[] core) {
      return TailFunctions.logSoftmax(core);
    }
  }

  /** Index of the largest element, the first one of equals. */
  record ArgMax() implements ClientTail {
    @Override
    public double[] apply(double[] core) {
      return new double[] {TailFunctions.argMax(core)};
    }
  }

  /**
   * Elements divided by a norm of their row, as {@code Normalizer}.
   *
   * @param norm which one
   */
  record Normalize(Norm norm) implements ClientTail {
    @Override
    public double[] apply(double[] core) {
      return TailFunctions.normalize(core, norm);
    }
  }

  /**
   * The first or last elements of the row in order of size, equal ones by index, as {@code TopK}.
   *
   * @param count how many
   * @param largest whether the largest ones, else the smallest
   * @param indices whether their indices are the result, else their values
   */
  record TopK(int count, boolean largest, boolean indices) implements ClientTail {
    /** Checks the count. */
    public TopK {
      if (count < 1) {
        throw new IllegalArgumentException("count is " + count + ", must be at least 1");
      }
    }

    @Override
    public double[] apply(double[] core) {
      return TailFunctions.top(core, this);
    }
  }

  /**
   * Probabilities of a {@code LinearClassifier}. With one score and two labels the output has two
   * columns, those of the negative and the positive class.
   *
   * @param postTransform applied to the scores
   * @param labels class labels in the order of the output's columns, integers in decimal
   */
  record LinearClassifier(PostTransform postTransform, List<String> labels) implements ClientTail {
    /** Copies the labels. */
    public LinearClassifier {
      labels = List.copyOf(labels);
    }

    @Override
    public double[] apply(double[] core) {
      return TailFunctions.classify(core, postTransform, labels.size());
    }
  }

  /**
   * The class that a {@code LinearClassifier} chooses, as an index into the labels.
   *
   * @param labels class labels, integers in decimal
   */
  record Label(List<String> labels) implements ClientTail {
    /** Copies the labels. */
    public Label {
      labels = List.copyOf(labels);
    }

    @Override
    public double[] apply(double[] core) {
      return new double[] {core.length == 1 ? (core[0] > 0 ? 1 : 0) : TailFunctions.argMax(core)};
    }

    /** The label chosen for one row of the core tensor. */
    public String label(double[] core) {
      int index = (int) apply(core)[0];
      if (index >= labels.size()) {
        throw new IllegalArgumentException("class " + index + " has no label");
      }
      return labels.get(index);
    }
  }

  /**
   * One tail after another.
   *
   * @param first applied to the core tensor
   * @param second applied to the result
   */
  record Sequence(ClientTail first, ClientTail second) implements ClientTail {
    @Override
    public double[] apply(double[] core) {
      return second.apply(first.apply(core));
    }
  }

  /** Whether the result is a class index rather than a floating-point tensor. */
  default boolean isIndex() {
    return this instanceof ArgMax
        || (this instanceof TopK top && top.indices())
        || this instanceof Label
        || (this instanceof Sequence sequence && sequence.second().isIndex());
  }

  /** {@code this} and then {@code next}; {@link None} disappears. */
  default ClientTail then(ClientTail next) {
    if (this instanceof None) {
      return next;
    }
    return next instanceof None ? this : new Sequence(this, next);
  }
}
