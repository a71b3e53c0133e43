#pragma once

#include <optional>

#include "evaluation_keys.h"

namespace silenda {

/// Evaluation keys that are received digit by digit, key by key: memory is taken for what has arrived. Not thread-safe.
class ArrivingKeys {
 public:
  explicit ArrivingKeys(ContextPtr context);

  /// Begins the next digit and expands its second polynomial. Throws std::invalid_argument for a digit that the key
  /// does not have, and for another key before all digits of one are there.
  void add_digit(int step, int level, const seal::prng_seed_type& seed);

  /// A digit of the key that is arriving.
  seal::Ciphertext& digit(int step, std::size_t index);

  /// All keys, once all digits are there; nothing is left here.
  EvaluationKeys finish();

  const Context& context() const { return *context_; }
  std::size_t native_bytes() const;

 private:
  struct Incomplete {
    int step;
    int level;
    std::vector<seal::prng_seed_type> seeds = {};
    SwitchingKey digits = {};
  };

  void complete();

  ContextPtr context_;
  EvaluationKeys keys_;
  std::optional<Incomplete> arriving_;
};

}  // namespace silenda
