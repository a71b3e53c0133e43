#include "fast/ring.h"

namespace silenda::fast {

Ring::Ring(const kernels::KernelSet& kernels, int log2_degree, const std::vector<Prime>& primes)
    : kernels_(kernels), log2_degree_(log2_degree) {
  for (const Prime& prime : primes) {
    tables_.emplace_back(kernels, log2_degree, prime.modulus, prime.root);
  }
  for (const Prime& divisor : primes) {
    for (const Prime& prime : primes) {
      inverses_.push_back(kernels::invert_mod(divisor.modulus % prime.modulus, prime.modulus));
    }
  }
}

const kernels::Automorphism& Ring::automorphism(std::uint32_t element) const {
  const std::lock_guard lock(mutex_);
  auto& entry = automorphisms_[element];
  if (!entry) {
    entry = std::make_unique<const kernels::Automorphism>(kernels_, log2_degree_, element);
  }
  return *entry;
}

}  // namespace silenda::fast
