#pragma once

#include "generator.h"

namespace silenda {

/// What a uniform polynomial is for: equal seeds expand to unrelated polynomials for different purposes.
enum class SeedPurpose : std::uint32_t { kCiphertext = 0, kPublicKey = 1, kEvaluationKey = 2 };

/// Expands a seed, which is public: nothing secret is derived from the same randomness. It becomes
/// uniform polynomials in NTT form. The result modulo one prime depends on the seed, the purpose,
/// the prime and its index only, so a key limited to a level expands to a part of the unlimited key.
///
/// Defined by the wire format: Blake2Xb as SEAL's Blake2xbPRNG runs it, keyed with the 64-byte seed, gives a stream
/// of which bytes 4096 p + 64 i .. + 64 are the seed of a second such stream for purpose p and prime index i. That
/// stream is read as little-endian values of as many whole bytes as a residue needs; a value's low bits, as many as the
/// prime has, are the next residue unless they are not below the prime, when the value is skipped.
class UniformExpansion {
 public:
  static constexpr std::size_t kMaxPrimes = 64;

  UniformExpansion(const kernels::KernelSet& kernels, const seal::prng_seed_type& seed, SeedPurpose purpose);

  /// Fills one residue polynomial of degree words.
  void expand(std::size_t prime_index, const seal::Modulus& prime, std::size_t degree,
              std::uint64_t* destination) const;

 private:
  const kernels::KernelSet& kernels_;
  std::array<seal::prng_seed_type, kMaxPrimes> prime_seeds_;
};

}  // namespace silenda
