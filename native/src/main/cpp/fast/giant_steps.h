#pragma once

#include <span>

#include "fast/diagonal_sums.h"

namespace silenda::fast {

/// The giant steps of one transform: each group's sum is rotated and added to the others, all modulo all targets and
/// times the special primes. Each step divides one polynomial by these and decomposes it.
class GiantSteps {
 public:
  /// Throws std::invalid_argument if a key is missing.
  GiantSteps(const LinearTransform& transform, const EvaluationKeys& keys);

  /// The formats in which add_up wants the groups' sums.
  void choose_formats(std::span<GroupSum> sums) const;

  /// One element for each group of the transform; the sum of the group without a giant step, if there is one, lies in
  /// the total already. All sums are lost, and the total is canonical.
  void add_up(std::span<const GroupSum> sums, Pair total) const;

 private:
  struct Step {
    Pair sum;
    const Rotation* rotation;
  };

  void add_each(std::span<const GroupSum> sums, Pair total) const;
  void nest(std::span<const GroupSum> sums, Pair total) const;
  void add(std::span<const Step> steps, const Pair* addend, Pair total, kernels::Format format) const;

  const LinearTransform& transform_;
  const Ring& ring_;
  KeySwitcher switcher_;
  /// By group; nested, there is one for all.
  std::vector<Rotation> rotations_;
  bool rotates_ = false;
};

}  // namespace silenda::fast
