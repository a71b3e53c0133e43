#pragma once

#include <utility>

#include "kernels/kernel_set.h"

// In an unnamed namespace, as each kernel set compiles it with its own instruction set.
namespace silenda::kernels {
namespace {

/// The transforms of EmbeddingTables on vectors of doubles. Every set adds and multiplies the same numbers in the same
/// order, and nothing is fused: results are equal bit for bit on every processor.
template <int Lanes>
class Embedding {
 public:
  static void forward(const EmbeddingTables& tables, double* real, double* imaginary) {
    Embedding transform(tables, real, imaginary);
    std::size_t groups = 1;
    for (; transform.length(groups) >= 4 * Lanes; groups *= 4) {
      transform.pass<kForward, 2>(groups);
    }
    if (transform.length(groups) > Lanes) {
      transform.pass<kForward, 1>(groups);
    }
    transform.all_tiles<kForward>();
  }

  static void backward(const EmbeddingTables& tables, double* real, double* imaginary) {
    Embedding transform(tables, real, imaginary);
    transform.all_tiles<kBackward>();
    std::size_t groups = transform.size_ / Lanes;
    for (; groups >= 4; groups /= 4) {
      transform.pass<kBackward, 2>(groups / 4);
    }
    if (groups == 2) {
      transform.pass<kBackward, 1>(1);
    }
  }

 private:
  static constexpr bool kForward = true;
  static constexpr bool kBackward = false;

  typedef double Vector __attribute__((vector_size(Lanes * sizeof(double))));
  /// The same where memory is not aligned.
  typedef double Unaligned __attribute__((vector_size(Lanes * sizeof(double)), aligned(8), may_alias));

  struct Complex {
    Vector real;
    Vector imaginary;
  };
  /// One root for all lanes; a vector of them is Complex.
  struct Root {
    double real;
    double imaginary;
  };

  Embedding(const EmbeddingTables& tables, double* real, double* imaginary)
      : tables_(tables), size_(std::size_t{1} << tables.log2_slots), real_(real), imaginary_(imaginary) {}

  std::size_t length(std::size_t groups) const { return size_ / groups; }

  [[gnu::always_inline]] void load(std::size_t i, Complex& v) const {
    v.real = *reinterpret_cast<const Unaligned*>(real_ + i);
    v.imaginary = *reinterpret_cast<const Unaligned*>(imaginary_ + i);
  }
  [[gnu::always_inline]] void store(std::size_t i, const Complex& v) {
    *reinterpret_cast<Unaligned*>(real_ + i) = v.real;
    *reinterpret_cast<Unaligned*>(imaginary_ + i) = v.imaginary;
  }

  /// x + y w and x - y w, or backwards x + y and (x - y) / w, as |w| = 1.
  template <bool Forward, class W>
  [[gnu::always_inline]] static void butterfly(Complex& x, Complex& y, const W& w) {
    if constexpr (Forward) {
      const Vector real = y.real * w.real - y.imaginary * w.imaginary;
      const Vector imaginary = y.real * w.imaginary + y.imaginary * w.real;
      y.real = x.real - real;
      y.imaginary = x.imaginary - imaginary;
      x.real = x.real + real;
      x.imaginary = x.imaginary + imaginary;
    } else {
      const Vector real = x.real - y.real;
      const Vector imaginary = x.imaginary - y.imaginary;
      x.real = x.real + y.real;
      x.imaginary = x.imaginary + y.imaginary;
      y.real = real * w.real + imaginary * w.imaginary;
      y.imaginary = imaginary * w.real - real * w.imaginary;
    }
  }

  Root root(std::size_t index) const { return {tables_.roots[2 * index], tables_.roots[2 * index + 1]}; }

  /// One layer, or two at once, from memory to memory; groups are those of the first layer.
  template <bool Forward, int Layers>
  void pass(std::size_t groups) {
    const std::size_t group_length = length(groups);
    const std::size_t stride = group_length >> Layers;
    for (std::size_t group = 0; group < groups; ++group) {
      const std::size_t index = groups + group;
      const Root first = root(index);
      const std::size_t begin = group * group_length;
      if constexpr (Layers == 1) {
        for (std::size_t i = begin; i < begin + stride; i += Lanes) {
          two<Forward>(i, stride, first);
        }
      } else {
        const Root left = root(2 * index);
        const Root right = root(2 * index + 1);
        for (std::size_t i = begin; i < begin + stride; i += Lanes) {
          four<Forward>(i, stride, first, left, right);
        }
      }
    }
  }

  template <bool Forward>
  [[gnu::always_inline]] void two(std::size_t i, std::size_t stride, const Root& w) {
    Complex x;
    Complex y;
    load(i, x);
    load(i + stride, y);
    butterfly<Forward>(x, y, w);
    store(i, x);
    store(i + stride, y);
  }

  template <bool Forward>
  [[gnu::always_inline]] void four(std::size_t i, std::size_t stride, const Root& first,
                                   const Root& left, const Root& right) {
    Complex v[4];
    for (std::size_t k = 0; k < 4; ++k) {
      load(i + k * stride, v[k]);
    }
    if constexpr (Forward) {
      butterfly<Forward>(v[0], v[2], first);
      butterfly<Forward>(v[1], v[3], first);
    }
    butterfly<Forward>(v[0], v[1], left);
    butterfly<Forward>(v[2], v[3], right);
    if constexpr (!Forward) {
      butterfly<Forward>(v[0], v[2], first);
      butterfly<Forward>(v[1], v[3], first);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      store(i + k * stride, v[k]);
    }
  }

  /// The layers of groups that are no longer than a vector: rows become columns, so that a lane is a group.
  template <bool Forward>
  void all_tiles() {
    const double* roots = tables_.tile_roots;
    for (std::size_t begin = 0; begin < size_; begin += Lanes * Lanes, roots += 2 * (Lanes - 1) * Lanes) {
      Complex v[Lanes];
      for (std::size_t k = 0; k < Lanes; ++k) {
        load(begin + k * Lanes, v[k]);
      }
      if constexpr (Forward) {
        transpose<Lanes / 2>(v);
      }
      layers<Forward, Lanes / 2>(v, roots);
      if constexpr (!Forward) {
        transpose<Lanes / 2>(v);
      }
      for (std::size_t k = 0; k < Lanes; ++k) {
        store(begin + k * Lanes, v[k]);
      }
    }
  }

  /// From groups of twice that many columns on.
  template <bool Forward, int Half>
  [[gnu::always_inline]] static void layers(Complex* v, const double* roots) {
    if constexpr (Half > 0) {
      if constexpr (!Forward) {
        layers<Forward, Half / 2>(v, roots);
      }
      constexpr int groups = Lanes / 2 / Half;
      for (int group = 0; group < groups; ++group) {
        const double* of_group = roots + 2 * (groups - 1 + group) * Lanes;
        const Complex w{*reinterpret_cast<const Unaligned*>(of_group),
                        *reinterpret_cast<const Unaligned*>(of_group + Lanes)};
        for (int i = 2 * Half * group; i < 2 * Half * group + Half; ++i) {
          butterfly<Forward>(v[i], v[i + Half], w);
        }
      }
      if constexpr (Forward) {
        layers<Forward, Half / 2>(v, roots);
      }
    }
  }

  /// Swaps blocks off the diagonal, of half the size each time.
  template <int Half>
  [[gnu::always_inline]] static void transpose(Complex* v) {
    if constexpr (Half > 0) {
      for (int i = 0; i < Lanes; ++i) {
        if ((i & Half) == 0) {
          swap_blocks<Half>(v[i].real, v[i + Half].real, std::make_integer_sequence<int, Lanes>{});
          swap_blocks<Half>(v[i].imaginary, v[i + Half].imaginary, std::make_integer_sequence<int, Lanes>{});
        }
      }
      transpose<Half / 2>(v);
    }
  }

  template <int Half, int... Lane>
  [[gnu::always_inline]] static void swap_blocks(Vector& a, Vector& b, std::integer_sequence<int, Lane...>) {
    const Vector low = __builtin_shufflevector(a, b, ((Lane & Half) == 0 ? Lane : Lanes + Lane - Half)...);
    const Vector high = __builtin_shufflevector(a, b, ((Lane & Half) == 0 ? Lane + Half : Lanes + Lane)...);
    a = low;
    b = high;
  }

  const EmbeddingTables& tables_;
  std::size_t size_;
  double* real_;
  double* imaginary_;
};

}  // namespace
}  // namespace silenda::kernels
