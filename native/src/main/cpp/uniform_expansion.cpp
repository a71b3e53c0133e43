#include "uniform_expansion.h"

#include <bit>
#include <stdexcept>

namespace silenda {
namespace {

static_assert(std::endian::native == std::endian::little, "seeds and streams are little-endian");

std::shared_ptr<seal::UniformRandomGenerator> blake2xb(const seal::prng_seed_type& seed) {
  return seal::Blake2xbPRNGFactory().create(seed);
}

seal::seal_byte* bytes(void* words) { return static_cast<seal::seal_byte*>(words); }

}  // namespace

seal::prng_seed_type random_seed() {
  seal::prng_seed_type seed;
  seal::random_bytes(bytes(seed.data()), kSeedBytes);
  return seed;
}

UniformExpansion::UniformExpansion(const seal::prng_seed_type& seed, SeedPurpose purpose) {
  static_assert(sizeof(prime_seeds_) == kMaxPrimes * kSeedBytes);
  auto generator = blake2xb(seed);
  for (std::uint32_t block = 0; block <= static_cast<std::uint32_t>(purpose); ++block) {
    generator->generate(sizeof(prime_seeds_), bytes(prime_seeds_.data()));
  }
}

void UniformExpansion::expand(std::size_t prime_index, const seal::Modulus& prime, std::size_t degree,
                              std::uint64_t* destination) const {
  const std::uint64_t mask = (std::uint64_t{1} << prime.bit_count()) - 1;
  auto generator = blake2xb(prime_seeds_.at(prime_index));
  std::array<std::uint64_t, 512> words;
  for (std::size_t filled = 0; filled < degree;) {
    generator->generate(sizeof(words), bytes(words.data()));
    for (std::size_t i = 0; i < words.size() && filled < degree; ++i) {
      const std::uint64_t residue = words[i] & mask;
      destination[filled] = residue;
      filled += residue < prime.value() ? 1 : 0;
    }
  }
}

}  // namespace silenda
