#pragma once

#include <cstdint>
#include <vector>

#include "kernels/kernel_set.h"
#include "seal/seal.h"

namespace silenda::fast {

class Ring;

/// The digits of one key as kernels::PackedPairs, modulo each prime that the key has. Immutable.
class KeyStream {
 public:
  /// Residues modulo primes 0..level and the special primes.
  KeyStream(const Ring& ring, const std::vector<seal::PublicKey>& digits, int level);

  /// Modulo a prime by number; terms are digits, of which the first ones may be used alone.
  kernels::PackedPairs pairs(std::size_t prime) const;

 private:
  struct OfPrime {
    std::size_t offset = 0;
    std::size_t width = 0;
  };

  std::size_t digits_;
  std::vector<OfPrime> primes_;
  std::vector<std::uint8_t> bytes_;
};

}  // namespace silenda::fast
