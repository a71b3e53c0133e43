#pragma once

#include <vector>

#include "kernels/kernel_set.h"

namespace silenda::kernels {

/// Owns the tables of one prime for one kernel set. Immutable.
class OwnedNttTables {
 public:
  /// root is the primitive 2N-th root of unity that SEAL uses.
  OwnedNttTables(const KernelSet& kernels, int log2_degree, std::uint64_t modulus, std::uint64_t root);

  OwnedNttTables(OwnedNttTables&&) = default;
  OwnedNttTables(const OwnedNttTables&) = delete;

  const NttTables& tables() const { return tables_; }

 private:
  NttTables tables_;
  std::vector<std::uint64_t> words_;
};

std::uint64_t multiply_mod(std::uint64_t a, std::uint64_t b, std::uint64_t modulus);
/// The inverse modulo a prime.
std::uint64_t invert_mod(std::uint64_t value, std::uint64_t prime);

}  // namespace silenda::kernels
