#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "kernels/kernel_set.h"
#include "kernels/ntt_tables.h"
#include "seal/util/ntt.h"

namespace silenda::profile {

/// A transform of one polynomial, or the product of two polynomials, a ciphertext's, with a third.
enum class TransformOperation { kForward, kInverse, kPointwise };

/// Times SEAL's and our kernels on polynomials modulo one prime. Not thread-safe.
class TransformProfile {
 public:
  /// Throws std::invalid_argument if there is no such prime or the kernels do not run here, and std::logic_error if
  /// the two disagree on random data.
  TransformProfile(int log2_degree, int prime_bits, const std::string& kernel_set);

  /// Nanoseconds of that many in turn, each of what the one before left.
  std::int64_t seal_nanos(TransformOperation operation, int repetitions);
  std::int64_t our_nanos(TransformOperation operation, int repetitions);

 private:
  using Polynomials = std::array<std::vector<std::uint64_t>, 2>;

  void seal_once(TransformOperation operation, Polynomials& polynomials) const;
  void ours_once(TransformOperation operation, Polynomials& polynomials) const;
  void check_agreement();

  const kernels::KernelSet& kernels_;
  seal::Modulus prime_;
  seal::util::NTTTables seal_;
  kernels::OwnedNttTables tables_;
  Polynomials polynomials_;
  std::vector<std::uint64_t> factor_;
  std::vector<std::uint64_t> factor_operand_;
};

}  // namespace silenda::profile
