#pragma once

#include "evaluation_keys.h"
#include "secret_frame.h"

namespace silenda {

/// Makes the evaluation keys of a secret key one at a time: each residue polynomial goes into the key's stream as soon as
/// it is there. For one thread.
class EvaluationKeyGenerator {
 public:
  explicit EvaluationKeyGenerator(const SecretKey& secret_key);

  /// For levels up to the given one.
  EvaluationKey relinearization(int level) const;
  /// The step is in 1..slots-1.
  EvaluationKey rotation(int step, int level) const;

 private:
  EvaluationKey switching_key(int level, const std::uint64_t* target) const;

  const SecretKey& secret_key_;
  const Context& context_;
  const fast::Ring& ring_;
  SecretFrame frame_;
  /// Modulo each prime, as operands.
  std::uint64_t* negated_secret_;
};

/// rotation_levels maps a rotation step in 1..slots-1 to the highest level it is used at. A relinearization
/// level of -1 makes no relinearization key.
EvaluationKeys generate_evaluation_keys(const SecretKey& secret_key, int relinearization_level,
                                        const std::map<int, int>& rotation_levels);

}  // namespace silenda
