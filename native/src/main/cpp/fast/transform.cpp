#include "fast/transform.h"

#include <algorithm>
#include <iterator>
#include <ranges>

#include "fast/giant_steps.h"
#include "fast/operations.h"
#include "fast/pool.h"

namespace silenda::fast {
namespace {

using kernels::DotRequest;
using kernels::Format;

/// Transforms that share baby steps keep so many words of sums until their giant steps: 64 MiB.
constexpr std::size_t kMostSumWords = std::size_t{1} << 23;

bool rotates(const LinearTransform& transform) {
  return transform.baby_steps() != std::vector<int>{0} || transform.groups().size() != 1 ||
         transform.groups().front().giant_step != 0;
}

/// Without any rotation the special primes are not needed.
Ciphertext multiply_slots(const LinearTransform& transform, const Ciphertext& input) {
  const Ring& ring = transform.context()->ring();
  Ciphertext result = new_ciphertext(transform.context(), transform.level(), 2, transform.product_scale());
  parallel_for(static_cast<std::size_t>(transform.level()) + 1, [&](std::size_t prime) {
    Workspace::Frame frame;
    const std::size_t offset = prime * ring.degree();
    const LinearTransform::Residues& residues = transform.groups().front().residues[prime];
    Residues operands[2] = {frame.take(ring.degree()), frame.take(ring.degree())};
    for (std::size_t part = 0; part < 2; ++part) {
      ring.kernels().to_operand(ring.modulus(prime), input.data.data(part) + offset, operands[part], ring.degree());
    }
    const std::vector<kernels::PackedTerm> terms(residues.rotations.size(), {operands[0], operands[1]});
    ring.kernels().packed_dot({ring.modulus(prime), residues.stream.at(0), residues.stream.width(), terms.data(),
                               terms.size(), Format::kCanonical, Format::kCanonical, result.data.data(0) + offset,
                               result.data.data(1) + offset, ring.degree()});
  });
  return transform.result_level() == transform.level() ? result : fast::rescale(result);
}

/// The sum over all diagonals, divided by the special primes and rescaled where that is asked for.
Ciphertext divide(const LinearTransform& transform, Pair total) {
  Ciphertext result = new_ciphertext(transform.context(), transform.result_level(), 2, transform.result_scale());
  const KeySwitcher switcher(*transform.context(), transform.level());
  parallel_for(2, [&](std::size_t part) {
    Residues value = part == 0 ? total.first : total.second;
    if (transform.result_level() == transform.level()) {
      switcher.divide_by_special(value, nullptr, result.data.data(part));
    } else {
      switcher.divide_by_special_and_last(value, nullptr, result.data.data(part));
    }
  });
  return result;
}

/// The transforms that rotate, from baby steps to division.
class Application {
 public:
  Application(std::vector<const LinearTransform*> transforms, const Ciphertext& input, const EvaluationKeys& keys)
      : transforms_(std::move(transforms)),
        babies_(transforms_, input, keys),
        words_(KeySwitcher(*input.context, level(input)).target_count() * input.context->ring().degree()) {
    for (const LinearTransform* transform : transforms_) {
      giants_.emplace_back(*transform, keys);
      totals_.push_back(take_pair());
      firsts_.push_back(sums_.size());
      for (const auto& group : transform->groups()) {
        sums_.push_back({&group, group.giant_step == 0 ? totals_.back() : take_pair(), {}, {}});
      }
      giants_.back().choose_formats(sums_of(giants_.size() - 1));
    }
  }

  std::vector<Ciphertext> results() {
    babies_.compute(sums_);
    std::vector<Ciphertext> results;
    for (std::size_t i = 0; i < transforms_.size(); ++i) {
      giants_[i].add_up(sums_of(i), totals_[i]);
      results.push_back(divide(*transforms_[i], totals_[i]));
    }
    return results;
  }

 private:
  Pair take_pair() { return {frame_.take(words_), frame_.take(words_)}; }

  std::span<GroupSum> sums_of(std::size_t transform) {
    return std::span(sums_).subspan(firsts_[transform], transforms_[transform]->groups().size());
  }

  std::vector<const LinearTransform*> transforms_;
  Workspace::Frame frame_;
  DiagonalSums babies_;
  std::size_t words_;
  std::vector<GiantSteps> giants_;
  std::vector<Pair> totals_;
  std::vector<GroupSum> sums_;
  std::vector<std::size_t> firsts_;
};

using Transforms = std::vector<const LinearTransform*>::const_iterator;

/// Behind the last transform whose sums fit with those of the ones before it; one always does.
Transforms last_of_batch(Transforms begin, Transforms end) {
  std::size_t words = 0;
  return std::find_if(begin, end, [&](const LinearTransform* transform) {
    const KeySwitcher switcher(*transform->context(), transform->level());
    words += 2 * (transform->groups().size() + 1) * switcher.target_count() * switcher.degree();
    return words > kMostSumWords && transform != *begin;
  });
}

/// The operand plus its rotations by all steps of the fold, of one decomposition and one division.
Ciphertext fold(const Ciphertext& operand, const std::vector<int>& steps, const EvaluationKeys& keys) {
  const Context& context = *operand.context;
  const Ring& ring = context.ring();
  const KeySwitcher switcher(context, level(operand));
  std::vector<Rotation> rotations;
  for (const int step : steps) {
    rotations.push_back(find_rotation(context, keys, step, level(operand)));
  }
  Ciphertext result = new_ciphertext(operand.context, level(operand), 2, operand.data.scale());
  Workspace::Frame frame;
  const std::size_t degree = ring.degree();
  const std::size_t words = switcher.target_count() * degree;
  Residues sums[2] = {frame.take(words), frame.take(words)};
  Residues coefficients = frame.take(switcher.prime_count() * degree);
  switcher.coefficients(operand.data.data(1), coefficients);
  parallel_for(switcher.target_count(), [&](std::size_t target) {
    Workspace::Frame of_target;
    const bool special = switcher.is_special(target);
    Residues digits = of_target.take(switcher.digit_count() * degree);
    Residues scaled = of_target.take(degree);
    switcher.digits_modulo(target, operand.data.data(1), coefficients, digits);
    if (!special) {
      scale_by_special(ring, target, operand.data.data(0) + target * degree, scaled);
    }
    for (const Rotation& rotation : rotations) {
      const KeySwitcher::KeyProduct product(switcher, target, *rotation.key, digits);
      const bool first = &rotation == &rotations.front();
      DotRequest dot = product.request();
      dot.output_format = &rotation == &rotations.back() ? Format::kCanonical : Format::kOperand;
      dot.permutation = &rotation.permutation;
      dot.permuted_addend = special ? nullptr : scaled;
      dot.first_addend = first ? nullptr : sums[0] + target * degree;
      dot.second_addend = first ? nullptr : sums[1] + target * degree;
      dot.first_out = sums[0] + target * degree;
      dot.second_out = sums[1] + target * degree;
      ring.kernels().dot(dot);
    }
  });
  parallel_for(2, [&](std::size_t part) {
    switcher.divide_by_special(sums[part], operand.data.data(part), result.data.data(part));
  });
  return result;
}

Ciphertext finish(const LinearTransform& transform, Ciphertext result, const EvaluationKeys& keys) {
  result.data.scale() = transform.result_scale();
  for (const std::vector<int>& steps : transform.folds()) {
    result = fold(result, steps, keys);
  }
  if (transform.bias()) {
    transform.context()->evaluator().add_plain_inplace(result.data, transform.bias()->data);
  }
  check_not_transparent(result);
  return result;
}

}  // namespace

std::vector<Ciphertext> apply_all(std::span<const LinearTransform* const> transforms, const Ciphertext& input,
                                  const EvaluationKeys& keys) {
  std::vector<const LinearTransform*> rotating;
  for (const LinearTransform* transform : transforms) {
    transform->check_input(input);
    if (rotates(*transform)) {
      rotating.push_back(transform);
    }
  }
  std::vector<Ciphertext> rotated;
  for (auto begin = rotating.cbegin(); begin != rotating.cend();) {
    const auto end = last_of_batch(begin, rotating.cend());
    std::ranges::move(Application({begin, end}, input, keys).results(), std::back_inserter(rotated));
    begin = end;
  }
  std::vector<Ciphertext> results;
  auto next = rotated.begin();
  for (const LinearTransform* transform : transforms) {
    results.push_back(finish(*transform, rotates(*transform) ? std::move(*next++) : multiply_slots(*transform, input),
                             keys));
  }
  return results;
}

Ciphertext apply(const LinearTransform& transform, const Ciphertext& input, const EvaluationKeys& keys) {
  const LinearTransform* const one = &transform;
  return std::move(apply_all({&one, 1}, input, keys).front());
}

}  // namespace silenda::fast
