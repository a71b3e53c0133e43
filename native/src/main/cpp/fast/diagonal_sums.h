#pragma once

#include <span>

#include "fast/rotation.h"
#include "linear_transform.h"

namespace silenda::fast {

/// Where the sum of products of one group of diagonals goes.
struct GroupSum {
  const LinearTransform::Group* group;
  Pair sum;
  kernels::Format first_format;
  kernels::Format second_format;
};

/// The baby steps of several transforms of one ciphertext, which is decomposed once for all of them: each group's sum of
/// products of its diagonals and the rotated ciphertext, times the special primes, modulo all targets.
class DiagonalSums {
 public:
  /// The transforms are for the input's level. Throws std::invalid_argument if a key is missing.
  DiagonalSums(std::span<const LinearTransform* const> transforms, const Ciphertext& input,
               const EvaluationKeys& keys);

  /// One element for each group of each transform, in order.
  void compute(std::span<const GroupSum> sums) const;

 private:
  /// The input modulo one target: its digits, and both parts times the special primes.
  struct Target;

  void rotate_tile(const Target& target, std::size_t begin, Residues rotated) const;
  void multiply_tile(const Target& target, std::size_t begin, ConstResidues rotated,
                     std::span<const GroupSum> sums) const;

  const Ciphertext& input_;
  const Ring& ring_;
  KeySwitcher switcher_;
  std::size_t degree_;
  std::vector<int> steps_;
  std::vector<Rotation> rotations_;
  /// By transform and index of its baby step: index into rotations_.
  std::vector<std::vector<std::size_t>> indices_;
  /// By group: its transform.
  std::vector<std::size_t> transform_of_group_;
  std::size_t most_diagonals_ = 0;
  bool rotates_ = false;
  std::size_t tile_words_;
};

}  // namespace silenda::fast
