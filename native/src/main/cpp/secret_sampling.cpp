#include "secret_sampling.h"

#include <bit>
#include <cstring>

#include "secret_frame.h"
#include "uniform_expansion.h"
#include "wiped.h"

namespace silenda {
namespace {

static_assert(std::endian::native == std::endian::little, "samples are cut out of words");

/// The largest multiple of three that a byte can be: what is not below it is drawn again.
constexpr std::uint8_t kTernaryLimit = 255;

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

/// From a seed of its own. What lies behind the bytes may be read as a part of a word.
const std::uint8_t* draw(SecretFrame& frame, std::size_t count) {
  auto* bytes = reinterpret_cast<std::uint8_t*>(frame.take<std::uint64_t>(count / sizeof(std::uint64_t) + 2));
  seal::prng_seed_type seed = random_seed();
  const WipeAtEnd wipe(seed);
  seal::Blake2xbPRNG(seed).generate(count, reinterpret_cast<seal::seal_byte*>(bytes));
  return bytes;
}

}  // namespace

void sample_ternary(std::span<std::int64_t> out) {
  std::size_t filled = 0;
  while (filled < out.size()) {
    // As many bytes as are missing: one in 256 is thrown away, so that a second round is short.
    SecretFrame frame;
    const std::size_t missing = out.size() - filled;
    const std::uint8_t* bytes = draw(frame, missing);
    for (std::size_t i = 0; i < missing; ++i) {
      out[filled] = static_cast<std::int64_t>(bytes[i] % 3) - 1;
      filled += bytes[i] < kTernaryLimit ? 1 : 0;
    }
  }
}

void sample_error(std::span<std::int64_t> out) {
  SecretFrame frame;
  const std::uint8_t* bytes = draw(frame, out.size() * kSampleBytes);
  for (std::size_t i = 0; i < out.size(); ++i) {
    std::uint64_t word;
    std::memcpy(&word, bytes + i * kSampleBytes, sizeof word);
    // Bits of the second group count where they are zero, which adds 21 to the difference.
    out[i] = bit_count((word ^ kGroup << 24) & (kGroup | kGroup << 24)) - 21;
  }
}

}  // namespace silenda
