#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace silenda::fast {

/// How an integer x, known modulo neighbouring primes with the product Q, is written modulo others. With
/// y_i = x * factor(i) modulo prime i, taken between minus and plus half of it, the sum of y_i * Q / prime_i is x plus u
/// times Q, where |u| is at most half the number of primes and u is as often positive as negative (fast base
/// conversion, Bajard et al., SAC 2016, on centred residues). The sum is what is computed: nothing depends on u but
/// noise. Immutable.
class BaseConversion {
 public:
  /// From primes first..first+count-1 of the moduli to any of them.
  BaseConversion(const std::vector<std::uint64_t>& moduli, std::size_t first, std::size_t count);

  std::size_t first() const { return first_; }
  std::size_t count() const { return count_; }
  /// The inverse of Q / prime_i modulo prime_i.
  std::uint64_t factor(std::size_t i) const { return factors_[i]; }
  /// Q / prime_i modulo a prime.
  std::uint64_t weight(std::size_t i, std::size_t prime) const { return weights_[prime * count_ + i]; }
  /// Q modulo a prime.
  std::uint64_t product(std::size_t prime) const { return products_[prime]; }

 private:
  std::size_t first_;
  std::size_t count_;
  std::vector<std::uint64_t> factors_;
  std::vector<std::uint64_t> weights_;
  std::vector<std::uint64_t> products_;
};

}  // namespace silenda::fast
