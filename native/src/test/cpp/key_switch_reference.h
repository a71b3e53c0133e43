#pragma once

#include <algorithm>

#include "check.h"
#include "symmetric_encryption.h"

namespace silenda::test {

__extension__ typedef unsigned __int128 Wide;

/// Small enough for schoolbook products.
constexpr std::size_t kDegree = 1024;

inline std::uint64_t multiply(std::uint64_t a, std::uint64_t b, std::uint64_t modulus) {
  return static_cast<std::uint64_t>(Wide{a} * b % modulus);
}

inline std::uint64_t invert(std::uint64_t value, std::uint64_t prime) {
  std::uint64_t result = 1;
  for (std::uint64_t exponent = prime - 2; exponent != 0; exponent /= 2) {
    result = exponent % 2 == 0 ? result : multiply(result, value, prime);
    value = multiply(value, value, prime);
  }
  return result;
}

/// The remainder of a centred residue modulo another prime.
inline std::uint64_t centred(std::uint64_t residue, std::uint64_t from, std::uint64_t to) {
  return residue <= from / 2 ? residue % to : (to - (from - residue) % to) % to;
}

inline Words multiply_negacyclic(const Words& a, const Words& b, std::uint64_t modulus) {
  Words result(kDegree);
  for (std::size_t k = 0; k < kDegree; ++k) {
    Wide positive = 0;
    Wide negative = 0;
    for (std::size_t i = 0; i <= k; ++i) {
      positive += Wide{a[i]} * b[k - i];
    }
    for (std::size_t i = k + 1; i < kDegree; ++i) {
      negative += Wide{a[i]} * b[kDegree + k - i];
    }
    const auto lost = static_cast<std::uint64_t>(negative % modulus);
    result[k] = static_cast<std::uint64_t>((positive + (modulus - lost)) % modulus);
  }
  return result;
}

/// Coefficients modulo each of some primes.
using Polynomial = std::vector<Words>;

/// Key switching by its definition: coefficients, schoolbook products and divisions that come out even.
class KeySwitchReference {
 public:
  explicit KeySwitchReference(const Context& context) : context_(context), special_(context.ring().special_count()) {}

  std::uint64_t modulus(std::size_t prime) const { return context_.primes()[prime].value(); }

  Polynomial coefficients(const std::uint64_t* values, const std::vector<std::size_t>& primes) const {
    Polynomial result;
    for (const std::size_t prime : primes) {
      result.emplace_back(values + prime * kDegree, values + (prime + 1) * kDegree);
      seal::util::inverse_ntt_negacyclic_harvey(result.back().data(), context_.key_data().small_ntt_tables()[prime]);
    }
    return result;
  }

  /// The product with the key, divided by the special primes, for one of its two polynomials.
  Polynomial switch_key(const Polynomial& polynomial, const SwitchingKey& key, std::size_t part) const {
    const std::size_t count = polynomial.size();
    const auto primes = key_primes_of_level(context_, static_cast<int>(count) - 1);
    Polynomial sum(primes.size(), Words(kDegree, 0));
    for (std::size_t first = 0, digit = 0; first < count; first += special_, ++digit) {
      const std::vector<std::size_t> covered(primes.begin() + static_cast<long>(first),
                                             primes.begin() + static_cast<long>(std::min(first + special_, count)));
      const Polynomial residues(polynomial.begin() + static_cast<long>(first),
                                polynomial.begin() + static_cast<long>(first + covered.size()));
      const Polynomial factor = coefficients(key[digit].data().data(part), primes);
      for (std::size_t target = 0; target < primes.size(); ++target) {
        const Words number = convert(residues, covered, primes[target]);
        add(sum[target], multiply_negacyclic(number, factor[target], modulus(primes[target])), primes[target]);
      }
    }
    return divide(sum, primes, special_);
  }

  /// By the last of the primes, rounded to the nearest but for what fast base conversion leaves.
  Polynomial divide(const Polynomial& value, const std::vector<std::size_t>& primes, std::size_t divisors) const {
    const std::size_t left = primes.size() - divisors;
    const std::vector<std::size_t> divisor(primes.begin() + static_cast<long>(left), primes.end());
    const Polynomial residues(value.begin() + static_cast<long>(left), value.end());
    Polynomial result;
    for (std::size_t i = 0; i < left; ++i) {
      const std::uint64_t q = modulus(primes[i]);
      std::uint64_t product = 1;
      for (const std::size_t prime : divisor) {
        product = multiply(product, modulus(prime) % q, q);
      }
      const Words remainder = convert(residues, divisor, primes[i]);
      Words quotient(kDegree);
      for (std::size_t k = 0; k < kDegree; ++k) {
        quotient[k] = multiply(value[i][k] + (q - remainder[k]), invert(product, q), q);
      }
      result.push_back(quotient);
    }
    return result;
  }

  void add(Words& sum, const Words& term, std::size_t prime) const {
    for (std::size_t k = 0; k < kDegree; ++k) {
      sum[k] = (sum[k] + term[k]) % modulus(prime);
    }
  }

 private:
  /// The sum over i of centred(x_i / (Q / q_i)) * (Q / q_i), modulo another prime.
  Words convert(const Polynomial& residues, const std::vector<std::size_t>& from, std::size_t to) const {
    Words result(kDegree, 0);
    const std::uint64_t target = modulus(to);
    for (std::size_t i = 0; i < from.size(); ++i) {
      const std::uint64_t q = modulus(from[i]);
      std::uint64_t others_here = 1;
      std::uint64_t others_there = 1;
      for (std::size_t j = 0; j < from.size(); ++j) {
        others_here = j == i ? others_here : multiply(others_here, modulus(from[j]) % q, q);
        others_there = j == i ? others_there : multiply(others_there, modulus(from[j]) % target, target);
      }
      const std::uint64_t inverse = invert(others_here, q);
      for (std::size_t k = 0; k < kDegree; ++k) {
        const std::uint64_t part = centred(multiply(residues[i][k], inverse, q), q, target);
        result[k] = (result[k] + multiply(part, others_there, target)) % target;
      }
    }
    return result;
  }

  const Context& context_;
  std::size_t special_;
};

}  // namespace silenda::test
