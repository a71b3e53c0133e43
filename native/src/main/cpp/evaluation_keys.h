#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "fast/key_stream.h"
#include "values.h"

namespace silenda {

/// The digits of one key: each encrypts its part of the other secret key.
using SwitchingKey = std::vector<seal::PublicKey>;

/// Keys as our own kernels read them, made when they are first used. Thread-safe.
class KeyStreams {
 public:
  const fast::KeyStream& of(int step, const SwitchingKey& key, const fast::Ring& ring, int level);

 private:
  std::mutex mutex_;
  std::map<int, std::unique_ptr<const fast::KeyStream>> streams_;
};

/// Relinearization and rotation keys. A digit is one data prime, or with several special primes as many neighbouring
/// ones (hybrid key switching: Han and Ki, CT-RSA 2020). A key meant for levels up to l holds only the digits of primes
/// 0..l: key switching at level l reads these and nothing else, modulo primes 0..l and the special primes. Residues
/// modulo the other primes are zero.
struct EvaluationKeys {
  ContextPtr context;
  seal::RelinKeys relinearization;
  seal::GaloisKeys rotation;
  /// Digits over all keys; each is a pair of polynomials with room for all primes.
  std::size_t digit_count = 0;
  /// Seeds of the digits' second polynomials, by rotation step; step 0 stands for the relinearization key.
  std::map<int, std::vector<seal::prng_seed_type>> seeds = {};

  /// The highest level that each key is meant for, by rotation step; step 0 stands for the relinearization key.
  std::map<int, int> levels = {};

  /// Of keys that no longer change; copies share them.
  std::shared_ptr<KeyStreams> streams = std::make_shared<KeyStreams>();

  /// The digits of a key by its rotation step, or of the relinearization key for step 0.
  SwitchingKey& digits(int step);

  /// As digits. Throws std::invalid_argument unless there is a key for that step that reaches the level.
  const SwitchingKey& key(int step, int level) const;

  /// The same key for our own kernels.
  const fast::KeyStream& stream(int step, int level) const;

  std::size_t native_bytes() const;
};

/// Digits of a key that is used up to a level.
std::size_t digit_count(const Context& context, int level);

/// No key yet, with room for them.
EvaluationKeys empty_evaluation_keys(const ContextPtr& context);

/// rotation_levels maps a rotation step in 1..slots-1 to the highest level it is used at. A relinearization
/// level of -1 makes no relinearization key.
EvaluationKeys generate_evaluation_keys(const SecretKey& secret_key, int relinearization_level,
                                        const std::map<int, int>& rotation_levels);

}  // namespace silenda
