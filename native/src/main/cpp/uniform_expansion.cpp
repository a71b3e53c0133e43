#include "uniform_expansion.h"

#include <bit>
#include <cstring>
#include <stdexcept>

namespace silenda {
namespace {

static_assert(std::endian::native == std::endian::little, "seeds and streams are little-endian");

constexpr std::size_t kChunkValues = 512;

}  // namespace

UniformExpansion::UniformExpansion(const kernels::KernelSet& kernels, const seal::prng_seed_type& seed,
                                   SeedPurpose purpose)
    : kernels_(kernels) {
  static_assert(sizeof(prime_seeds_) == kMaxPrimes * kSeedBytes);
  Generator generator(kernels_, seed);
  for (std::uint32_t block = 0; block <= static_cast<std::uint32_t>(purpose); ++block) {
    generator.generate(sizeof(prime_seeds_), reinterpret_cast<std::uint8_t*>(prime_seeds_.data()));
  }
}

void UniformExpansion::expand(std::size_t prime_index, const seal::Modulus& prime, std::size_t degree,
                              std::uint64_t* destination) const {
  const auto bits = static_cast<std::size_t>(prime.bit_count());
  const std::size_t width = (bits + 7) / 8;
  const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
  Generator generator(kernels_, prime_seeds_.at(prime_index));
  // The last value is read as a whole word, too.
  std::array<std::uint8_t, kChunkValues * sizeof(std::uint64_t) + sizeof(std::uint64_t)> chunk{};
  for (std::size_t filled = 0; filled < degree;) {
    generator.generate(kChunkValues * width, chunk.data());
    for (std::size_t i = 0; i < kChunkValues && filled < degree; ++i) {
      std::uint64_t word;
      std::memcpy(&word, chunk.data() + i * width, sizeof(word));
      destination[filled] = word & mask;
      filled += destination[filled] < prime.value() ? 1 : 0;
    }
  }
}

}  // namespace silenda
