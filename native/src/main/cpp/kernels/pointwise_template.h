#pragma once

#include "kernels/blake2_template.h"
#include "kernels/combine_template.h"
#include "kernels/dot_template.h"
#include "kernels/embedding_template.h"
#include "kernels/ntt_template.h"

namespace silenda::kernels {
namespace {

template <class A>
void to_operand(std::uint64_t modulus, const std::uint64_t* in, std::uint64_t* out, std::size_t size) {
  const A a(modulus);
  for (std::size_t i = 0; i < size; i += A::kLanes) {
    A::store_operand(out + i, a.load(in + i));
  }
}

template <class A>
void tensor(const TensorRequest& request) {
  const A a(request.modulus);
  for (std::size_t i = 0; i < request.size; i += A::kLanes) {
    const typename A::V left[2] = {a.load(request.left[0] + i), a.load(request.left[1] + i)};
    const typename A::V right[2] = {a.load(request.right[0] + i), a.load(request.right[1] + i)};
    typename A::Accumulator sums[3] = {A::zero(), A::zero(), A::zero()};
    a.multiply_accumulate(sums[0], left[0], right[0]);
    a.multiply_accumulate(sums[1], left[0], right[1]);
    a.multiply_accumulate(sums[1], left[1], right[0]);
    a.multiply_accumulate(sums[2], left[1], right[1]);
    unroll<0, 3>(SILENDA_BODY(k) { a.store(request.out[k] + i, a.reduce(sums[k])); });
  }
}

template <class A>
void permute(const Permutation& permutation, const std::uint64_t* in, std::uint64_t* out, std::size_t size) {
  for (std::size_t i = 0; i < size; i += A::kLanes) {
    const std::uint32_t entry = permutation.source[i / A::kLanes];
    const typename A::Position position =
        A::position(entry >> 8, permutation.permutations + (entry & 255) * A::kLanes);
    A::store_operand(out + i, A::permute(A::load_operand(in + position.offset), position));
  }
}

template <class A>
void forward(const NttTables& tables, const std::uint64_t* in, Format in_format, std::uint64_t* out, Format format) {
  Ntt<A>(tables, out).forward(in, in_format, format);
}

template <class A>
void inverse(const NttTables& tables, const std::uint64_t* in, std::uint64_t* out) {
  Ntt<A>(tables, out).inverse(in);
}

/// Small primes take the arithmetic that postpones reductions.
template <template <bool> class Arithmetic>
struct Kernels {
  using Lazy = Arithmetic<true>;
  using Strict = Arithmetic<false>;

  static bool lazy(std::uint64_t modulus) { return modulus < Lazy::kLazyLimit; }
  static void make_root(std::uint64_t root, std::uint64_t modulus, std::uint64_t* pair) {
    Strict::write_root(root, modulus, pair);
  }
  static void run_forward(const NttTables& tables, const std::uint64_t* in, Format in_format, std::uint64_t* out,
                          Format format) {
    lazy(tables.modulus) ? forward<Lazy>(tables, in, in_format, out, format)
                         : forward<Strict>(tables, in, in_format, out, format);
  }
  static void run_inverse(const NttTables& tables, const std::uint64_t* in, std::uint64_t* out) {
    lazy(tables.modulus) ? inverse<Lazy>(tables, in, out) : inverse<Strict>(tables, in, out);
  }
  static void run_to_operand(std::uint64_t modulus, const std::uint64_t* in, std::uint64_t* out,
                             std::size_t size) {
    to_operand<Strict>(modulus, in, out, size);
  }
  static void run_combine(const Combination& combination, std::uint64_t* out, Format format) {
    lazy(combination.modulus) ? combine<Lazy>(combination, out, format) : combine<Strict>(combination, out, format);
  }
  static void run_dot(const DotRequest& request) {
    lazy(request.modulus) ? dot<Lazy>(request) : dot<Strict>(request);
  }
  static void run_packed_dot(const PackedDotRequest& request) {
    lazy(request.modulus) ? packed_dot<Lazy>(request) : packed_dot<Strict>(request);
  }
  static void run_tensor(const TensorRequest& request) { tensor<Strict>(request); }

  static constexpr KernelSet set(const char* name) {
    return {name,           Strict::kLanes, make_root, run_forward,    run_inverse,
            run_to_operand, run_combine,    run_dot,   run_packed_dot, run_tensor,
            permute<Strict>, Strict::kVectorLanes, Embedding<Strict::kVectorLanes>::forward,
            Embedding<Strict::kVectorLanes>::backward, Blake2<Strict::kVectorLanes>::generate};
  }
};

}  // namespace
}  // namespace silenda::kernels
