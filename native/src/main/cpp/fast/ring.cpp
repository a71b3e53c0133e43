#include "fast/ring.h"

#include <algorithm>
#include <iterator>

namespace silenda::fast {
namespace {

std::vector<std::uint64_t> moduli(const std::vector<Ring::Prime>& primes) {
  std::vector<std::uint64_t> result;
  std::transform(primes.begin(), primes.end(), std::back_inserter(result),
                 [](const Ring::Prime& prime) { return prime.modulus; });
  return result;
}

}  // namespace

Ring::Ring(const kernels::KernelSet& kernels, int log2_degree, const std::vector<Prime>& primes,
           std::size_t special_count)
    : kernels_(kernels),
      log2_degree_(log2_degree),
      embedding_(kernels, log2_degree),
      special_(moduli(primes), primes.size() - special_count, special_count) {
  for (const Prime& prime : primes) {
    tables_.emplace_back(kernels, log2_degree, prime.modulus, prime.root);
  }
  for (const Prime& divisor : primes) {
    for (const Prime& prime : primes) {
      inverses_.push_back(kernels::invert_mod(divisor.modulus % prime.modulus, prime.modulus));
    }
  }
  for (std::size_t last = 0; last < first_special(); ++last) {
    const std::size_t first = last - last % special_count;
    digits_.emplace_back(moduli(primes), first, last - first + 1);
    special_inverses_.push_back(kernels::invert_mod(special_.product(last), modulus(last)));
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
