#include "fast/giant_steps.h"

#include <algorithm>
#include <utility>

#include "fast/pool.h"

namespace silenda::fast {

using kernels::DotRequest;
using kernels::Format;

namespace {

/// Steps whose decompositions wait in the cache while the total is added to.
constexpr std::size_t kBatch = 4;

}  // namespace

GiantSteps::GiantSteps(const LinearTransform& transform, const EvaluationKeys& keys)
    : transform_(transform),
      ring_(transform.context()->ring()),
      switcher_(*transform.context(), transform.level()) {
  for (const auto& group : transform.groups()) {
    const int step = group.giant_step == 0 || transform.nested_giant_step() == 0 ? group.giant_step
                                                                                : transform.nested_giant_step();
    rotations_.push_back(find_rotation(*transform.context(), keys, step, transform.level()));
    rotates_ |= step != 0;
  }
}

void GiantSteps::choose_formats(std::span<GroupSum> sums) const {
  const bool nested = transform_.nested_giant_step() != 0;
  for (GroupSum& sum : sums) {
    const bool added = sum.group->giant_step == 0 || (nested && &sum != &sums.back());
    sum.first_format = rotates_ ? Format::kOperand : Format::kCanonical;
    sum.second_format = rotates_ && added ? Format::kOperand : Format::kCanonical;
  }
}

void GiantSteps::add_up(std::span<const GroupSum> sums, Pair total) const {
  if (!rotates_) {
    return;
  }
  transform_.nested_giant_step() != 0 ? nest(sums, total) : add_each(sums, total);
}

void GiantSteps::add_each(std::span<const GroupSum> sums, Pair total) const {
  std::vector<Step> steps;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (sums[i].group->giant_step != 0) {
      steps.push_back({sums[i].sum, &rotations_[i]});
    }
  }
  const Pair* addend = steps.size() < sums.size() ? &total : nullptr;
  for (std::size_t begin = 0; begin < steps.size(); begin += kBatch) {
    const std::size_t count = std::min(kBatch, steps.size() - begin);
    const bool last = begin + count == steps.size();
    add(std::span(steps).subspan(begin, count), addend, total, last ? Format::kCanonical : Format::kOperand);
    addend = &total;
  }
}

/// rot(rot(... rot(last) + ... ) + second) + first, all by the same step: Horner's rule.
void GiantSteps::nest(std::span<const GroupSum> sums, Pair total) const {
  Workspace::Frame frame;
  const std::size_t words = switcher_.target_count() * ring_.degree();
  Pair spare[2] = {{frame.take(words), frame.take(words)}, {frame.take(words), frame.take(words)}};
  std::size_t group = sums.size() - 1;
  Pair sum = sums[group].sum;
  for (int left = sums[group].group->giant_step; left != 0;) {
    left -= transform_.nested_giant_step();
    const bool meets = group > 0 && sums[group - 1].group->giant_step == left;
    if (meets) {
      --group;
    }
    const Pair next = meets ? sums[group].sum : left == 0 ? total : spare[0];
    std::swap(spare[0], spare[1]);
    const Step step{sum, &rotations_.back()};
    add({&step, 1}, meets ? &next : nullptr, next, Format::kCanonical);
    if (left != 0) {
      parallel_for(switcher_.target_count(), [&](std::size_t target) {
        const std::size_t offset = target * ring_.degree();
        ring_.kernels().to_operand(ring_.modulus(switcher_.prime(target)), next.first + offset, next.first + offset,
                                   ring_.degree());
      });
    }
    sum = next;
  }
}

/// The total becomes the addend plus the rotated sums.
void GiantSteps::add(std::span<const Step> steps, const Pair* addend, Pair total, Format format) const {
  Workspace::Frame frame;
  const std::size_t degree = ring_.degree();
  const std::size_t words = switcher_.prime_count() * degree;
  Residues divided = frame.take(steps.size() * words);
  Residues coefficients = frame.take(steps.size() * words);
  parallel_for(steps.size(), [&](std::size_t i) {
    switcher_.divide_by_special(steps[i].sum.second, nullptr, divided + i * words);
    switcher_.coefficients(divided + i * words, coefficients + i * words);
  });
  parallel_for(switcher_.target_count(), [&](std::size_t target) {
    Workspace::Frame of_target;
    Residues digits = of_target.take(switcher_.digit_count() * degree);
    const std::size_t offset = target * degree;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      switcher_.digits_modulo(target, divided + i * words, coefficients + i * words, digits);
      const KeySwitcher::KeyProduct product(switcher_, target, *steps[i].rotation->key, digits);
      const Pair* const added = i == 0 ? addend : &total;
      DotRequest dot = product.request();
      dot.output_format = i + 1 == steps.size() ? format : Format::kOperand;
      dot.permutation = &steps[i].rotation->permutation;
      dot.permuted_addend = steps[i].sum.first + offset;
      dot.first_addend = added == nullptr ? nullptr : added->first + offset;
      dot.second_addend = added == nullptr ? nullptr : added->second + offset;
      dot.first_out = total.first + offset;
      dot.second_out = total.second + offset;
      ring_.kernels().dot(dot);
    }
  });
}

}  // namespace silenda::fast
