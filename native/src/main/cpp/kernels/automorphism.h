#pragma once

#include <vector>

#include "kernels/kernel_set.h"

namespace silenda::kernels {

/// X -> X^element on polynomials in NTT form, as the permutation of their values. Element is odd.
class Automorphism {
 public:
  Automorphism(const KernelSet& kernels, int log2_degree, std::uint32_t element);

  /// Lives as long as this object.
  Permutation permutation() const { return {source_.data(), permutations_.data()}; }

  /// In and out are different memory; works on any words, operands or canonical.
  void apply(const std::uint64_t* in, std::uint64_t* out) const;

 private:
  const KernelSet& kernels_;
  std::vector<std::uint32_t> source_;
  std::vector<std::uint64_t> permutations_;
};

}  // namespace silenda::kernels
