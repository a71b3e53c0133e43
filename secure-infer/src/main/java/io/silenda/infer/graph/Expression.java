package io.silenda.infer.graph;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A function of one real variable, collected from elementwise ONNX nodes that all go back to the
 * same tensor. Exporters spell one activation as several nodes ({@code x · sigmoid(x)}), so that
 * what a node means is known only when the whole function is.
 */
sealed interface Expression {
  /** Largest number of parts of an expression; beyond it, operands become nodes of their own. */
  int MAX_SIZE = 64;

  /** Highest degree of an exact polynomial. */
  int MAX_DEGREE = 63;

  /** The variable. */
  static Expression x() {
    return new Variable();
  }

  /** The variable. */
  record Variable() implements Expression {}

  /** A constant. */
  record Constant(double value) implements Expression {}

  /** A sum. */
  record Sum(Expression left, Expression right) implements Expression {}

  /** A product. */
  record Product(Expression left, Expression right) implements Expression {}

  /** A function that is no polynomial. */
  record Apply(Operator.Activation function, Expression argument) implements Expression {}

  /** {@code scale · this + shift}. */
  default Expression affine(double scale, double shift) {
    Expression scaled = scale == 1 ? this : new Product(new Constant(scale), this);
    return shift == 0 ? scaled : new Sum(scaled, new Constant(shift));
  }

  /** {@code this} to the power {@code exponent}, at least 1. */
  default Expression power(int exponent) {
    Expression power = this;
    for (int i = 1; i < exponent; i++) {
      power = new Product(power, this);
    }
    return power;
  }

  /** Number of parts. */
  default int size() {
    if (this instanceof Sum sum) {
      return 1 + sum.left.size() + sum.right.size();
    } else if (this instanceof Product product) {
      return 1 + product.left.size() + product.right.size();
    }
    return this instanceof Apply apply ? 1 + apply.argument.size() : 1;
  }

  /** The value at {@code x}. */
  default double at(double x) {
    if (this instanceof Constant constant) {
      return constant.value;
    } else if (this instanceof Sum sum) {
      return sum.left.at(x) + sum.right.at(x);
    } else if (this instanceof Product product) {
      return product.left.at(x) * product.right.at(x);
    }
    return this instanceof Apply apply ? apply.function.apply(apply.argument.at(x)) : x;
  }

  /**
   * Coefficients, constant first, if this is a polynomial in the variable; the last one is not 0
   * unless it is the only one.
   */
  default Optional<double[]> polynomial() {
    if (this instanceof Constant constant) {
      return Optional.of(new double[] {constant.value});
    } else if (this instanceof Variable) {
      return Optional.of(new double[] {0, 1});
    } else if (this instanceof Apply) {
      return Optional.empty();
    }
    boolean sum = this instanceof Sum;
    Optional<double[]> left = (sum ? ((Sum) this).left : ((Product) this).left).polynomial();
    Optional<double[]> right = (sum ? ((Sum) this).right : ((Product) this).right).polynomial();
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    return sum
        ? Optional.of(Polynomials.sum(left.get(), right.get()))
        : Polynomials.product(left.get(), right.get(), MAX_DEGREE);
  }

  /** {@code this} with every occurrence of {@code part} replaced. */
  default Expression replace(Expression part, Expression replacement) {
    if (equals(part)) {
      return replacement;
    } else if (this instanceof Sum sum) {
      return new Sum(sum.left.replace(part, replacement), sum.right.replace(part, replacement));
    } else if (this instanceof Product product) {
      return new Product(
          product.left.replace(part, replacement), product.right.replace(part, replacement));
    } else if (this instanceof Apply apply) {
      return new Apply(apply.function, apply.argument.replace(part, replacement));
    }
    return this;
  }

  /** Whether the variable occurs. */
  default boolean varies() {
    if (this instanceof Sum sum) {
      return sum.left.varies() || sum.right.varies();
    } else if (this instanceof Product product) {
      return product.left.varies() || product.right.varies();
    } else if (this instanceof Apply apply) {
      return apply.argument.varies();
    }
    return this instanceof Variable;
  }

  /** Adds every {@link Apply} of this expression, inner ones after outer ones. */
  default void collectApplied(List<Apply> applied) {
    if (this instanceof Sum sum) {
      sum.left.collectApplied(applied);
      sum.right.collectApplied(applied);
    } else if (this instanceof Product product) {
      product.left.collectApplied(applied);
      product.right.collectApplied(applied);
    } else if (this instanceof Apply apply) {
      applied.add(apply);
      apply.argument.collectApplied(applied);
    }
  }

  /** The one outermost {@link Apply} through which alone the variable enters, if there is one. */
  default Optional<Expression> onlyAtom() {
    Set<Expression> atoms = new LinkedHashSet<>();
    collect(atoms, false);
    return atoms.size() == 1 && atoms.iterator().next() instanceof Apply
        ? Optional.of(atoms.iterator().next())
        : Optional.empty();
  }

  /** The one affine part, other than the variable itself, through which alone it enters. */
  default Optional<Expression> onlyAffinePart() {
    Set<Expression> parts = new LinkedHashSet<>();
    collect(parts, true);
    return parts.size() == 1 && !(parts.iterator().next() instanceof Variable)
        ? Optional.of(parts.iterator().next())
        : Optional.empty();
  }

  /** Collects outermost affine parts, or outermost functions and bare variables. */
  private void collect(Set<Expression> parts, boolean affine) {
    boolean isPart =
        affine
            ? varies() && polynomial().map(p -> p.length <= 2).orElse(false)
            : this instanceof Apply && varies();
    if (isPart || this instanceof Variable) {
      parts.add(this);
    } else if (this instanceof Sum sum) {
      sum.left.collect(parts, affine);
      sum.right.collect(parts, affine);
    } else if (this instanceof Product product) {
      product.left.collect(parts, affine);
      product.right.collect(parts, affine);
    } else if (this instanceof Apply apply) {
      apply.argument.collect(parts, affine);
    }
  }

  /** Arithmetic on coefficient arrays, constant first. */
  final class Polynomials {
    private Polynomials() {}

    static double[] sum(double[] a, double[] b) {
      double[] sum = Arrays.copyOf(a, Math.max(a.length, b.length));
      for (int i = 0; i < b.length; i++) {
        sum[i] += b[i];
      }
      return trimmed(sum);
    }

    static Optional<double[]> product(double[] a, double[] b, int maxDegree) {
      if (a.length + b.length - 2 > maxDegree) {
        return Optional.empty();
      }
      double[] product = new double[a.length + b.length - 1];
      for (int i = 0; i < a.length; i++) {
        for (int j = 0; j < b.length; j++) {
          product[i + j] += a[i] * b[j];
        }
      }
      return Optional.of(trimmed(product));
    }

    private static double[] trimmed(double[] coefficients) {
      int length = coefficients.length;
      while (length > 1 && coefficients[length - 1] == 0) {
        length--;
      }
      return Arrays.copyOf(coefficients, length);
    }
  }
}
