#pragma once

#include <map>
#include <memory>

#include "fast/key_stream.h"
#include "seal_keys.h"
#include "values.h"

namespace silenda {

/// The relinearization key or a rotation key as our own kernels read it. A digit is one data prime, or with several
/// special primes as many neighbouring ones (hybrid key switching: Han and Ki, CT-RSA 2020). A key meant for levels up
/// to l holds only the digits of primes 0..l: key switching at level l reads these and nothing else, modulo primes
/// 0..l and the special primes.
struct EvaluationKey {
  /// The highest level that it is meant for.
  int level;
  /// Of the digits' second polynomials.
  std::vector<seal::prng_seed_type> seeds;
  fast::KeyStream stream;
};

/// Keys by rotation step; step 0 stands for the relinearization key. Once all are added, thread-safe.
class EvaluationKeys {
 public:
  explicit EvaluationKeys(ContextPtr context);

  const Context& context() const { return *context_; }
  bool has(int step) const { return keys_.contains(step); }

  void add(int step, EvaluationKey key);

  /// Throws std::invalid_argument unless there is such a key.
  const EvaluationKey& key(int step) const;
  /// The same for a key that must reach the level.
  const fast::KeyStream& stream(int step, int level) const;

  /// For SEAL's evaluator, which reads no other key of them.
  const seal::RelinKeys& seal_relinearization() const;
  const seal::GaloisKeys& seal_rotation(int step) const;

  /// With what has been made for SEAL so far.
  std::size_t native_bytes() const;

 private:
  ContextPtr context_;
  std::map<int, EvaluationKey> keys_;
  std::unique_ptr<SealKeys> seal_;
};

/// Digits of a key that is used up to a level.
std::size_t digit_count(const Context& context, int level);

}  // namespace silenda
