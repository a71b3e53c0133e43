#pragma once

#include <map>

#include "values.h"

namespace silenda {

/// Relinearization and rotation keys. A key meant for levels up to l holds only its first l+1 digits: key
/// switching at level l reads digits 0..l and nothing else.
struct EvaluationKeys {
  ContextPtr context;
  seal::RelinKeys relinearization;
  seal::GaloisKeys rotation;
  /// Digits over all keys; each is a pair of polynomials modulo all primes.
  std::size_t digit_count = 0;

  std::size_t native_bytes() const;
  /// What a sender needs to send: the first polynomial of each digit and the seed of the second.
  std::size_t seeded_bytes() const;
};

/// rotation_levels maps a rotation step in 1..slots-1 to the highest level it is used at. A relinearization
/// level of -1 makes no relinearization key.
EvaluationKeys generate_evaluation_keys(const SecretKey& secret_key, int relinearization_level,
                                        const std::map<int, int>& rotation_levels);

}  // namespace silenda
