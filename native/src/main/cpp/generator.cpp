#include "generator.h"

#include <bit>
#include <cstring>

namespace silenda {

static_assert(std::endian::native == std::endian::little, "seeds and streams are little-endian");

seal::prng_seed_type random_seed() {
  seal::prng_seed_type seed;
  seal::random_bytes(reinterpret_cast<seal::seal_byte*>(seed.data()), kSeedBytes);
  return seed;
}

Generator::Generator(const kernels::KernelSet& kernels) : kernels_(kernels), seed_(random_seed()) {}

Generator::Generator(const kernels::KernelSet& kernels, const seal::prng_seed_type& seed)
    : kernels_(kernels), seed_(seed) {}

Generator::~Generator() {
  seal::util::seal_memzero(seed_.data(), kSeedBytes);
  seal::util::seal_memzero(buffer_.data(), sizeof buffer_);
}

void Generator::generate(std::size_t size, std::uint8_t* out) {
  while (size > 0) {
    if (left_ == 0) {
      kernels_.generate(seed_.data(), counter_++, buffer_.data());
      left_ = sizeof buffer_;
    }
    const std::size_t taken = std::min(size, left_);
    std::memcpy(out, reinterpret_cast<const std::uint8_t*>(buffer_.data()) + sizeof buffer_ - left_, taken);
    left_ -= taken;
    out += taken;
    size -= taken;
  }
}

}  // namespace silenda
