#pragma once

#include <bitset>
#include <optional>
#include <span>

#include "evaluation_keys.h"
#include "uniform_expansion.h"

namespace silenda {

/// Evaluation keys that are received digit by digit, key by key: memory is taken for what has arrived. Not thread-safe.
class ArrivingKeys {
 public:
  explicit ArrivingKeys(ContextPtr context);

  /// Begins the next digit and expands its second polynomial. Throws std::invalid_argument for a digit that the key
  /// does not have, and for another key before all digits of one are there.
  void add_digit(int step, int level, const seal::prng_seed_type& seed);

  /// Sets the first polynomial of a digit of the key that is arriving modulo a prime, from as many bytes as
  /// unpack_residues takes. False if a residue is not below the prime; the keys must then be dropped.
  bool set(int step, std::size_t digit, std::size_t prime, std::span<const std::uint8_t> packed);

  /// All keys, once all digits are there; nothing is left here.
  EvaluationKeys finish();

  const Context& context() const { return *context_; }
  std::size_t native_bytes() const;

 private:
  struct Incomplete {
    int step;
    int level;
    /// As many as there are digits.
    std::vector<seal::prng_seed_type> seeds = {};
    /// Of each digit, the primes modulo which its first polynomial was set.
    std::vector<std::bitset<UniformExpansion::kMaxPrimes>> set = {};
  };

  void complete();

  ContextPtr context_;
  EvaluationKeys keys_;
  std::optional<Incomplete> arriving_;
  /// One digit each. Keys of one level take turns in them.
  std::vector<fast::KeyStream> digits_;
  int digits_level_ = -1;
};

}  // namespace silenda
