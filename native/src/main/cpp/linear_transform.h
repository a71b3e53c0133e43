#pragma once

#include <optional>
#include <span>
#include <vector>

#include "ciphertext_ops.h"
#include "residue_stream.h"

namespace silenda {

struct DiagonalSpec {
  int giant_step;
  int baby_step;
  std::vector<double> values;
};

struct LinearTransformSpec {
  int level;
  double input_scale;
  double plaintext_scale;
  bool rescale;
  /// All steps are in 0..slots-1.
  std::vector<DiagonalSpec> diagonals;
  /// Each adds to the sum its rotations by all of these steps.
  std::vector<std::vector<int>> folds;
  std::vector<double> bias;
  /// Zero, or the only giant step that there is a key for: all others are its multiples, and rotations are nested.
  int nested_giant_step = 0;
};

/// u[s] = sum of values[s] * x[s + giant + baby] over all diagonals, then rescale, folds and bias. Diagonals are
/// encoded once, rotated by minus their giant step, so that u = sum_g rot_g(sum_b pre_{g,b} * rot_b(x)).
class LinearTransform {
 public:
  /// A group's diagonals modulo one prime, in NTT form.
  struct Residues {
    /// Indices into baby_steps(), one for each diagonal.
    std::vector<std::size_t> rotations;
    ResidueStream stream;
  };
  struct Group {
    int giant_step;
    /// Modulo primes 0..level() and then the special primes; the latter only for rotated inputs, as the input itself
    /// times the special primes is nothing there.
    std::vector<Residues> residues;
  };

  LinearTransform(ContextPtr context, const LinearTransformSpec& spec);

  Ciphertext apply(const Ciphertext& input, const EvaluationKeys& keys) const;

  /// Throws std::invalid_argument unless the input has the level, scale and size that the transform was built for.
  void check_input(const Ciphertext& input) const;

  const ContextPtr& context() const { return context_; }
  int level() const { return level_; }
  double product_scale() const { return product_scale_; }
  const std::vector<int>& baby_steps() const { return baby_steps_; }
  const std::vector<Group>& groups() const { return groups_; }
  const std::vector<std::vector<int>>& folds() const { return folds_; }
  /// As in the specification; where it is not zero, groups are in the order of their giant steps.
  int nested_giant_step() const { return nested_giant_step_; }
  const std::optional<Plaintext>& bias() const { return bias_; }
  int result_level() const { return result_level_; }
  double result_scale() const { return result_scale_; }
  std::size_t native_bytes() const;

 private:
  void add_group(const LinearTransformSpec& spec, int giant_step);
  std::size_t rotation_index(int baby_step);
  std::vector<Ciphertext> rotate_input(const Ciphertext& input, const EvaluationKeys& keys) const;
  void check_nesting();
  Ciphertext multiply_group(const Group& group, const std::vector<Ciphertext>& rotated) const;
  Ciphertext sum_groups(const std::vector<Ciphertext>& rotated, const EvaluationKeys& keys) const;

  ContextPtr context_;
  int level_;
  double input_scale_;
  double product_scale_;
  int result_level_;
  double result_scale_;
  std::vector<int> baby_steps_;
  std::vector<Group> groups_;
  std::vector<std::vector<int>> folds_;
  int nested_giant_step_;
  std::optional<Plaintext> bias_;
};

}  // namespace silenda
