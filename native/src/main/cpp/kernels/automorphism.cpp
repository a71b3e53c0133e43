#include "kernels/automorphism.h"

#include <bit>

namespace silenda::kernels {
namespace {

std::uint32_t reverse_bits(std::uint32_t value, int bits) {
  value = ((value >> 1) & 0x55555555U) | ((value & 0x55555555U) << 1);
  value = ((value >> 2) & 0x33333333U) | ((value & 0x33333333U) << 2);
  value = ((value >> 4) & 0x0F0F0F0FU) | ((value & 0x0F0F0F0FU) << 4);
  return __builtin_bswap32(value) >> (32 - bits);
}

}  // namespace

/// Position x holds the value at the root to the power 2 r(x) + 1, r reversing bits. Its argument is the value to
/// the power element * (2 r(x) + 1). The low bits of x are the high ones of the exponent, so a block of positions
/// takes its values from one block: only the exponent's low part selects it, and the lanes follow from the carry.
Automorphism::Automorphism(const KernelSet& kernels, int log2_degree, std::uint32_t element)
    : kernels_(kernels), source_((std::size_t{1} << log2_degree) / kernels.lanes) {
  const std::size_t lanes = kernels.lanes;
  const int lane_bits = std::countr_zero(lanes);
  const int block_bits = log2_degree - lane_bits;
  const auto block_mask = static_cast<std::uint32_t>(source_.size() - 1);
  for (std::uint32_t block = 0; block < source_.size(); ++block) {
    const std::uint32_t low = block_bits == 0 ? 0 : reverse_bits(block, block_bits);
    const std::uint64_t exponent = ((std::uint64_t{element} * (2 * low + 1)) >> 1);
    const auto carry = static_cast<std::uint32_t>(exponent >> block_bits) & static_cast<std::uint32_t>(lanes - 1);
    const std::uint32_t from = reverse_bits(static_cast<std::uint32_t>(exponent) & block_mask, block_bits);
    source_[block] = (from << 8) | carry;
  }
  for (std::uint32_t carry = 0; carry < lanes; ++carry) {
    for (std::uint32_t lane = 0; lane < lanes; ++lane) {
      const std::uint32_t high = lane_bits == 0 ? 0 : reverse_bits(lane, lane_bits);
      const std::uint32_t from = (carry + element * high) & static_cast<std::uint32_t>(lanes - 1);
      permutations_.push_back(lane_bits == 0 ? 0 : reverse_bits(from, lane_bits));
    }
  }
}

void Automorphism::apply(const std::uint64_t* in, std::uint64_t* out) const {
  kernels_.permute(permutation(), in, out, source_.size() * kernels_.lanes);
}

}  // namespace silenda::kernels
