#include "small_sampling.h"

namespace silenda {
namespace {

constexpr std::size_t kErrorBytes = 6;
constexpr std::uint64_t kCoins = (1U << 21) - 1;
/// The largest multiple of three that a byte can be: what is not below it is drawn again.
constexpr std::uint8_t kTernaryLimit = 255;

/// Bits of a word, without a table, whose reads would show, or an instruction that not every processor has.
int bit_count(std::uint64_t word) {
  word -= word >> 1 & 0x5555555555555555;
  word = (word & 0x3333333333333333) + (word >> 2 & 0x3333333333333333);
  word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0f;
  return static_cast<int>(word * 0x0101010101010101 >> 56);
}

std::uint64_t load_48(const std::uint8_t* bytes) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < kErrorBytes; ++i) {
    word |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
  }
  return word;
}

}  // namespace

SmallSampler::SmallSampler(const kernels::KernelSet& kernels) : generator_(kernels) {}

Wiped<std::uint8_t> SmallSampler::bytes(std::size_t count) {
  Wiped<std::uint8_t> drawn(count);
  generator_.generate(count, drawn.data());
  return drawn;
}

void SmallSampler::ternary(std::span<std::int8_t> out) {
  std::size_t filled = 0;
  while (filled < out.size()) {
    // As many bytes as are missing: a byte in 256 is thrown away, so a second round is short.
    for (const std::uint8_t byte : bytes(out.size() - filled)) {
      out[filled] = static_cast<std::int8_t>(byte % 3 - 1);
      filled += byte < kTernaryLimit ? 1 : 0;
    }
  }
}

void SmallSampler::error(std::span<std::int8_t> out) {
  const Wiped<std::uint8_t> drawn = bytes(out.size() * kErrorBytes);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::uint64_t coins = load_48(drawn.data() + i * kErrorBytes);
    out[i] = static_cast<std::int8_t>(bit_count(coins & kCoins) - bit_count(coins >> 24 & kCoins));
  }
}

}  // namespace silenda
