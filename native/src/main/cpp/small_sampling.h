#pragma once

#include <cstdint>
#include <span>

#include "generator.h"
#include "wiped.h"

namespace silenda {

/// The small secret polynomials of an encryption, from one seed of the operating system: what they are drawn from is
/// taken in one piece, and nothing about the drawing depends on their values. Not for use by several threads at once.
class SmallSampler {
 public:
  explicit SmallSampler(const kernels::KernelSet& kernels);

  /// Uniform in -1, 0, 1.
  void ternary(std::span<std::int8_t> out);

  /// Centred binomial with 42 coins, as SEAL draws errors: standard deviation 3.24.
  void error(std::span<std::int8_t> out);

 private:
  Wiped<std::uint8_t> bytes(std::size_t count);

  Generator generator_;
};

}  // namespace silenda
