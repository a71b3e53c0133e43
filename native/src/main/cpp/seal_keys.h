#pragma once

#include <mutex>

#include "values.h"

namespace silenda {

struct EvaluationKey;

/// The digits of one key in SEAL's form: each encrypts its part of the other secret key, with room for all primes.
using SwitchingKey = std::vector<seal::PublicKey>;

/// Residues modulo primes that the key lacks are zero.
SwitchingKey to_seal(const Context& context, const EvaluationKey& key);

/// Evaluation keys in SEAL's form, which takes far more memory than ours: each is made when SEAL's evaluator first uses
/// it, and kept. Thread-safe.
class SealKeys {
 public:
  explicit SealKeys(const Context& context);

  const seal::RelinKeys& relinearization(const EvaluationKey& key);
  /// Only the key of that step may be read.
  const seal::GaloisKeys& rotation(int step, const EvaluationKey& key);
  std::size_t bytes() const;

 private:
  void make(SwitchingKey& destination, const EvaluationKey& key);

  const Context& context_;
  mutable std::mutex mutex_;
  seal::RelinKeys relinearization_;
  seal::GaloisKeys rotation_;
  std::size_t bytes_ = 0;
};

}  // namespace silenda
