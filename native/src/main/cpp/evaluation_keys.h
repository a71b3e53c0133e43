#pragma once

#include <map>

#include "values.h"

namespace silenda {

/// Relinearization and rotation keys. A key meant for levels up to l holds only its first l+1 digits: key
/// switching at level l reads digits 0..l and nothing else, modulo primes 0..l and the special prime. Residues modulo
/// the other primes are zero.
struct EvaluationKeys {
  ContextPtr context;
  seal::RelinKeys relinearization;
  seal::GaloisKeys rotation;
  /// Digits over all keys; each is a pair of polynomials with room for all primes.
  std::size_t digit_count = 0;
  /// Seeds of the digits' second polynomials, by rotation step; step 0 stands for the relinearization key.
  std::map<int, std::vector<seal::prng_seed_type>> seeds = {};

  /// The digits of a key by its rotation step, or of the relinearization key for step 0.
  std::vector<seal::PublicKey>& digits(int step);

  std::size_t native_bytes() const;
};

/// No key yet, with room for them.
EvaluationKeys empty_evaluation_keys(const ContextPtr& context);

/// rotation_levels maps a rotation step in 1..slots-1 to the highest level it is used at. A relinearization
/// level of -1 makes no relinearization key.
EvaluationKeys generate_evaluation_keys(const SecretKey& secret_key, int relinearization_level,
                                        const std::map<int, int>& rotation_levels);

}  // namespace silenda
