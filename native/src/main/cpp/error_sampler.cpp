#include "error_sampler.h"

#include <bit>
#include <cstring>

#include "secret_frame.h"
#include "uniform_expansion.h"
#include "wiped.h"

namespace silenda {
namespace {

static_assert(std::endian::native == std::endian::little, "samples are cut out of words");

/// What SEAL draws for a coefficient: two groups of 24 bits, of which 21 count.
constexpr std::size_t kSampleBytes = 6;
constexpr std::uint64_t kGroup = (std::uint64_t{1} << 21) - 1;

/// Bits of a word, without a table or an instruction that not every processor has.
std::int64_t bit_count(std::uint64_t word) {
  word -= word >> 1 & 0x5555555555555555;
  word = (word & 0x3333333333333333) + (word >> 2 & 0x3333333333333333);
  word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0f;
  word += word >> 8;
  word += word >> 16;
  word += word >> 32;
  return static_cast<std::int64_t>(word & 0xff);
}

}  // namespace

void sample_error(std::span<std::int64_t> out) {
  SecretFrame frame;
  // The last sample is read as a whole word, too.
  const std::size_t words = out.size() * kSampleBytes / sizeof(std::uint64_t) + 2;
  auto* bytes = reinterpret_cast<std::uint8_t*>(frame.take<std::uint64_t>(words));
  seal::prng_seed_type seed = random_seed();
  const WipeAtEnd wipe(seed);
  seal::Blake2xbPRNG(seed).generate(out.size() * kSampleBytes, reinterpret_cast<seal::seal_byte*>(bytes));
  for (std::size_t i = 0; i < out.size(); ++i) {
    std::uint64_t word;
    std::memcpy(&word, bytes + i * kSampleBytes, sizeof word);
    // Bits of the second group count where they are zero, which adds 21 to the difference.
    out[i] = bit_count((word ^ kGroup << 24) & (kGroup | kGroup << 24)) - 21;
  }
}

}  // namespace silenda
