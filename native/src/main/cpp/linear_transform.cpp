#include "linear_transform.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

#include "encoding.h"
#include "fast/key_switch.h"
#include "lazy_arithmetic.h"

namespace silenda {
namespace {

std::vector<double> rotate_right(const std::vector<double>& values, int step, std::size_t slot_count) {
  if (values.size() > slot_count) {
    throw std::invalid_argument("a diagonal has " + std::to_string(values.size()) + " values, more than the " +
                                std::to_string(slot_count) + " slots");
  }
  std::vector<double> rotated(slot_count, 0.0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    rotated[(i + static_cast<std::size_t>(step)) % slot_count] = values[i];
  }
  return rotated;
}

}  // namespace

LinearTransform::LinearTransform(ContextPtr context, const LinearTransformSpec& spec)
    : context_(std::move(context)),
      level_(spec.level),
      input_scale_(spec.input_scale),
      product_scale_(spec.input_scale * spec.plaintext_scale),
      result_level_(spec.level),
      result_scale_(product_scale_),
      folds_(spec.folds),
      nested_giant_step_(spec.nested_giant_step) {
  check_scale(*context_, level_, product_scale_);
  std::set<int> giant_steps;
  for (const DiagonalSpec& diagonal : spec.diagonals) {
    if (giant_steps.insert(diagonal.giant_step).second) {
      add_group(spec, diagonal.giant_step);
    }
  }
  if (groups_.empty()) {
    throw std::invalid_argument("every diagonal is zero at the plaintext scale: the result would not be encrypted");
  }
  check_nesting();
  if (spec.rescale) {
    if (level_ == 0) {
      throw std::invalid_argument("a transform at level 0 cannot rescale: no prime is left to drop");
    }
    result_scale_ /= static_cast<double>(context_->primes()[static_cast<std::size_t>(level_)].value());
    --result_level_;
  }
  if (!spec.bias.empty()) {
    bias_ = encode_sparse(context_, spec.bias, result_level_, result_scale_);
  }
}

/// Sorts the groups for Horner's rule.
void LinearTransform::check_nesting() {
  if (nested_giant_step_ == 0) {
    return;
  }
  for (const Group& group : groups_) {
    if (nested_giant_step_ < 0 || group.giant_step < 0 || group.giant_step % nested_giant_step_ != 0) {
      throw std::invalid_argument("giant step " + std::to_string(group.giant_step) + " is no multiple of " +
                                  std::to_string(nested_giant_step_) + ", by which rotations are nested");
    }
  }
  std::sort(groups_.begin(), groups_.end(),
            [](const Group& left, const Group& right) { return left.giant_step < right.giant_step; });
}

void LinearTransform::add_group(const LinearTransformSpec& spec, int giant_step) {
  std::vector<std::size_t> rotations;
  std::vector<std::vector<std::uint64_t>> encoded;
  for (const DiagonalSpec& diagonal : spec.diagonals) {
    if (diagonal.giant_step != giant_step) {
      continue;
    }
    const auto rotated = rotate_right(diagonal.values, giant_step, context_->slot_count());
    auto residues = encode_with_special(context_, rotated, level_, spec.plaintext_scale);
    if (std::any_of(residues.begin(), residues.end(), [](std::uint64_t word) { return word != 0; })) {
      rotations.push_back(rotation_index(diagonal.baby_step));
      encoded.push_back(std::move(residues));
    }
  }
  if (encoded.empty()) {
    return;
  }
  Group group{giant_step, {}};
  const std::size_t degree = context_->poly_modulus_degree();
  const fast::KeySwitcher switcher(*context_, level_);
  for (std::size_t target = 0; target < switcher.target_count(); ++target) {
    std::vector<std::size_t> used;
    std::vector<const std::uint64_t*> polynomials;
    for (std::size_t i = 0; i < encoded.size(); ++i) {
      if (!switcher.is_special(target) || baby_steps_[rotations[i]] != 0) {
        used.push_back(rotations[i]);
        polynomials.push_back(encoded[i].data() + target * degree);
      }
    }
    group.residues.push_back(
        {std::move(used), ResidueStream(polynomials, degree, context_->primes()[switcher.prime(target)].value())});
  }
  groups_.push_back(std::move(group));
}

std::size_t LinearTransform::rotation_index(int baby_step) {
  auto found = std::find(baby_steps_.begin(), baby_steps_.end(), baby_step);
  const auto index = static_cast<std::size_t>(found - baby_steps_.begin());
  if (found == baby_steps_.end()) {
    baby_steps_.push_back(baby_step);
  }
  return index;
}

std::size_t LinearTransform::native_bytes() const {
  std::size_t bytes = bias_ ? bias_->data.coeff_count() * sizeof(std::uint64_t) : 0;
  for (const Group& group : groups_) {
    for (const Residues& residues : group.residues) {
      bytes += residues.stream.bytes();
    }
  }
  return bytes;
}

Ciphertext LinearTransform::apply(const Ciphertext& input, const EvaluationKeys& keys) const {
  check_input(input);
  Ciphertext result = sum_groups(rotate_input(input, keys), keys);
  if (result_level_ != level_) {
    context_->evaluator().rescale_to_next_inplace(result.data, Context::pool());
    // SEAL divides the same numbers; setting the scale keeps the bias exact whatever it rounds to.
    result.data.scale() = result_scale_;
  }
  for (const std::vector<int>& steps : folds_) {
    const Ciphertext operand{context_, result.data};
    for (const int step : steps) {
      context_->evaluator().add_inplace(result.data, rotate(operand, step, keys).data);
    }
  }
  if (bias_) {
    context_->evaluator().add_plain_inplace(result.data, bias_->data);
  }
  return result;
}

void LinearTransform::check_input(const Ciphertext& input) const {
  if (silenda::level(input) != level_) {
    throw std::invalid_argument("the ciphertext is at level " + std::to_string(silenda::level(input)) +
                                ", the transform was built for level " + std::to_string(level_));
  }
  if (!scales_agree(input.data.scale(), input_scale_)) {
    throw std::invalid_argument("the ciphertext has scale 2^" + std::to_string(std::log2(input.data.scale())) +
                                ", the transform was built for 2^" + std::to_string(std::log2(input_scale_)));
  }
  if (input.data.size() != 2) {
    throw std::invalid_argument("a linear transform needs a ciphertext of size 2, this one has size " +
                                std::to_string(input.data.size()) + ": relinearize it first");
  }
}

std::vector<Ciphertext> LinearTransform::rotate_input(const Ciphertext& input, const EvaluationKeys& keys) const {
  std::vector<Ciphertext> rotated;
  rotated.reserve(baby_steps_.size());
  for (int step : baby_steps_) {
    rotated.push_back(rotate(input, step, keys));
  }
  return rotated;
}

Ciphertext LinearTransform::multiply_group(const Group& group, const std::vector<Ciphertext>& rotated) const {
  const std::size_t degree = context_->poly_modulus_degree();
  Ciphertext result{context_, seal::Ciphertext(Context::pool())};
  result.data.resize(context_->seal(), context_->parms_id(level_), 2);
  result.data.is_ntt_form() = true;
  result.data.scale() = product_scale_;
  for (std::size_t prime = 0; prime <= static_cast<std::size_t>(level_); ++prime) {
    const std::size_t offset = prime * degree;
    const Residues& residues = group.residues[prime];
    std::vector<std::uint64_t> unpacked(residues.rotations.size() * degree);
    std::vector<ProductTerm> terms;
    for (std::size_t i = 0; i < residues.rotations.size(); ++i) {
      residues.stream.unpack(i, unpacked.data() + i * degree);
      const seal::Ciphertext& operand = rotated[residues.rotations[i]].data;
      terms.push_back({unpacked.data() + i * degree, operand.data(0) + offset, operand.data(1) + offset});
    }
    sum_products(terms, degree, context_->primes()[prime], result.data.data(0) + offset,
                 result.data.data(1) + offset);
  }
  return result;
}

Ciphertext LinearTransform::sum_groups(const std::vector<Ciphertext>& rotated, const EvaluationKeys& keys) const {
  std::optional<Ciphertext> sum;
  for (const Group& group : groups_) {
    Ciphertext term = multiply_group(group, rotated);
    // One after the other where there is a single key: the reference need not be fast.
    const int step = nested_giant_step_ == 0 ? group.giant_step : nested_giant_step_;
    for (int left = group.giant_step; left != 0; left -= step) {
      term = rotate(term, step, keys);
    }
    if (sum) {
      context_->evaluator().add_inplace(sum->data, term.data);
    } else {
      sum = std::move(term);
    }
  }
  return std::move(*sum);
}

}  // namespace silenda
