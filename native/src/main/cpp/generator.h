#pragma once

#include "kernels/kernel_set.h"
#include "values.h"

namespace silenda {

/// A fresh seed from the operating system.
seal::prng_seed_type random_seed();

/// The stream of bytes that SEAL's Blake2xbPRNG makes of a seed, byte for byte. Wiped when it goes. Not thread-safe.
class Generator {
 public:
  /// From a fresh seed that nobody else sees.
  explicit Generator(const kernels::KernelSet& kernels);
  Generator(const kernels::KernelSet& kernels, const seal::prng_seed_type& seed);
  ~Generator();
  Generator(const Generator&) = delete;
  Generator& operator=(const Generator&) = delete;

  void generate(std::size_t size, std::uint8_t* out);

 private:
  const kernels::KernelSet& kernels_;
  seal::prng_seed_type seed_;
  std::array<std::uint64_t, kernels::kGeneratorWords> buffer_;
  std::uint64_t counter_ = 0;
  std::size_t left_ = 0;
};

}  // namespace silenda
