#include "fast/base_conversion.h"

#include "kernels/ntt_tables.h"

namespace silenda::fast {

using kernels::invert_mod;
using kernels::multiply_mod;

BaseConversion::BaseConversion(const std::vector<std::uint64_t>& moduli, std::size_t first, std::size_t count)
    : first_(first), count_(count) {
  for (const std::uint64_t modulus : moduli) {
    for (std::size_t i = 0; i < count; ++i) {
      std::uint64_t others = 1;
      for (std::size_t j = 0; j < count; ++j) {
        others = j == i ? others : multiply_mod(others, moduli[first + j] % modulus, modulus);
      }
      weights_.push_back(others);
    }
    products_.push_back(multiply_mod(weights_.back(), moduli[first + count - 1] % modulus, modulus));
  }
  for (std::size_t i = 0; i < count; ++i) {
    factors_.push_back(invert_mod(weight(i, first + i), moduli[first + i]));
  }
}

}  // namespace silenda::fast
