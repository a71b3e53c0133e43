#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

#include "kernels/kernel_set.h"

namespace silenda::fast {

class Ring;

/// The digits of one key as kernels::PackedPairs, modulo each prime that the key has. Once it is filled, thread-safe.
class KeyStream {
 public:
  /// Room for residues modulo primes 0..level and the special primes: zeros.
  KeyStream(const Ring& ring, std::size_t digits, int level);

  /// Canonical residues of polynomials of a digit: of the first one and on, or of the second one.
  void pack(std::size_t digit, std::size_t prime, std::initializer_list<const std::uint64_t*> polynomials,
            std::size_t first = 0);
  /// Makes the only digits of streams for the same level those of this one, which has as many.
  void interleave(std::span<const KeyStream> digits);

  /// Modulo a prime by number; terms are digits, of which the first ones may be used alone.
  kernels::PackedPairs pairs(std::size_t prime) const;

  std::size_t digit_count() const { return digits_; }
  /// Whether residues modulo that prime are here.
  bool has(std::size_t prime) const { return prime < primes_.size() && primes_[prime].width != 0; }
  /// Residues of one of the two polynomials of a digit.
  void unpack(std::size_t digit, std::size_t polynomial, std::size_t prime, std::uint64_t* out) const;
  std::size_t bytes() const { return bytes_.size(); }

 private:
  struct OfPrime {
    std::size_t offset = 0;
    std::size_t width = 0;
  };

  /// Where the first words of a digit's polynomial are.
  std::size_t offset(std::size_t digit, std::size_t polynomial, std::size_t prime) const;
  /// From one group of words of a polynomial to its next one.
  std::size_t stride(std::size_t prime) const { return 2 * digits_ * kernels::kPackedWords * primes_[prime].width; }

  std::size_t digits_;
  std::size_t degree_;
  std::vector<OfPrime> primes_;
  std::vector<std::uint8_t> bytes_;
};

}  // namespace silenda::fast
