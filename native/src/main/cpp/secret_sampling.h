#pragma once

#include <cstdint>
#include <span>

namespace silenda {

/// Coefficients of a fresh ternary polynomial: uniform in -1, 0, 1, from Blake2Xb as below.
void sample_ternary(std::span<std::int64_t> out);

/// Coefficients of a fresh error polynomial: differences of two sums of 21 fair bits, as SEAL samples them, of standard
/// deviation 3.24. Bits come from Blake2Xb under a seed of its own from the operating system, and both are wiped.
void sample_error(std::span<std::int64_t> out);

}  // namespace silenda
