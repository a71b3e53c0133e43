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

  std::size_t digit_count() const { return digits_; }
  /// Whether residues modulo that prime are here.
  bool has(std::size_t prime) const { return primes_[prime].width != 0; }
  /// Residues of one of the two polynomials of a digit.
  void unpack(std::size_t digit, std::size_t polynomial, std::size_t prime, std::uint64_t* out) const;
  std::size_t bytes() const { return bytes_.size(); }

 private:
  struct OfPrime {
    std::size_t offset = 0;
    std::size_t width = 0;
  };

  std::size_t digits_;
  std::size_t degree_;
  std::vector<OfPrime> primes_;
  std::vector<std::uint8_t> bytes_;
};

}  // namespace silenda::fast
