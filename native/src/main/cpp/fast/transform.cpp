#include "fast/transform.h"

#include <algorithm>
#include <stdexcept>

#include "fast/key_switch.h"
#include "fast/operations.h"
#include "seal/util/galois.h"

namespace silenda::fast {
namespace {

using kernels::DotRequest;
using kernels::DotTerm;
using kernels::Format;

/// Words of each polynomial that are computed before moving on: the rotated inputs of so many stay in the cache.
constexpr std::size_t kTileWords = 512;

struct Rotation {
  kernels::Permutation permutation;
  const SwitchingKey* key;
};

Rotation rotation(const Context& context, const EvaluationKeys& keys, int step, int level) {
  const std::uint32_t element = context.key_data().galois_tool()->get_elt_from_step(step);
  return {context.ring().automorphism(element).permutation(), &keys.key(step, level)};
}

/// Two polynomials modulo all targets.
struct Pair {
  Residues first;
  Residues second;
};

/// One application: it owns the scratch memory.
class Application {
 public:
  Application(const LinearTransform& transform, const Ciphertext& input, const EvaluationKeys& keys)
      : transform_(transform),
        input_(input),
        ring_(transform.context()->ring()),
        switcher_(*transform.context(), transform.level()),
        degree_(ring_.degree()),
        words_(switcher_.target_count() * degree_) {
    for (const int step : transform.baby_steps()) {
      babies_.push_back(step == 0 ? Rotation{} : rotation(*transform.context(), keys, step, transform.level()));
    }
    for (const auto& group : transform.groups()) {
      giants_.push_back(group.giant_step == 0
                            ? Rotation{}
                            : rotation(*transform.context(), keys, group.giant_step, transform.level()));
    }
  }

  /// The sum over all diagonals, times the special primes: modulo all targets, canonical.
  Pair sum() {
    total_ = take_pair();
    sum_groups();
    add_giants();
    return total_;
  }

 private:
  Pair take_pair() { return {frame_.take(words_), frame_.take(words_)}; }

  std::size_t giant_count() const {
    return static_cast<std::size_t>(std::count_if(transform_.groups().begin(), transform_.groups().end(),
                                                  [](const auto& group) { return group.giant_step != 0; }));
  }

  /// The sums of products of each group; the group without a giant step goes straight to the total.
  void sum_groups() {
    for (const auto& group : transform_.groups()) {
      sums_.push_back(group.giant_step == 0 ? total_ : take_pair());
      total_is_set_ |= group.giant_step == 0;
    }
    Residues coefficients = frame_.take(switcher_.prime_count() * degree_);
    Residues digits = frame_.take(switcher_.digit_count() * degree_);
    Residues scaled[2] = {frame_.take(degree_), frame_.take(degree_)};
    rotated_ = frame_.take(2 * degree_ * babies_.size());
    switcher_.coefficients(input_.data.data(1), coefficients);
    for (std::size_t target = 0; target < switcher_.target_count(); ++target) {
      switcher_.digits_modulo(target, input_.data.data(1), coefficients, digits);
      scale_input(target, scaled);
      for (std::size_t begin = 0; begin < degree_; begin += kTileWords) {
        rotate_tile(target, begin, digits, scaled);
        multiply_tile(target, begin);
      }
    }
  }

  /// The input times the special primes, which is nothing modulo these.
  void scale_input(std::size_t target, Residues* scaled) const {
    for (std::size_t part = 0; part < 2 && !switcher_.is_special(target); ++part) {
      const std::uint64_t modulus = ring_.modulus(target);
      const kernels::CombineTerm term{input_.data.data(part) + target * degree_,
                                      ring_.special().product(target)};
      ring_.kernels().combine({modulus, &term, 1, 0, nullptr, degree_}, scaled[part], Format::kOperand);
    }
  }

  Residues rotated(std::size_t baby, std::size_t part) const { return rotated_ + (2 * baby + part) * degree_; }

  DotRequest request(std::size_t target, const DotTerm* terms, std::size_t count) const {
    DotRequest result{};
    result.modulus = ring_.modulus(switcher_.prime(target));
    result.terms = terms;
    result.term_count = count;
    return result;
  }

  void rotate_tile(std::size_t target, std::size_t begin, ConstResidues digits, Residues* scaled) {
    const std::size_t end = begin + kTileWords;
    const bool special = switcher_.is_special(target);
    DotTerm terms[64];
    for (std::size_t baby = 0; baby < babies_.size(); ++baby) {
      if (babies_[baby].key == nullptr) {
        for (std::size_t part = 0; part < 2 && !special; ++part) {
          std::copy(scaled[part] + begin, scaled[part] + end, rotated(baby, part) + begin);
        }
        continue;
      }
      switcher_.fill_terms(target, *babies_[baby].key, digits, terms);
      DotRequest dot = request(target, terms, switcher_.digit_count());
      dot.shared_format = Format::kOperand;
      dot.output_format = Format::kOperand;
      dot.permutation = &babies_[baby].permutation;
      dot.permuted_addend = special ? nullptr : scaled[0];
      dot.first_out = rotated(baby, 0);
      dot.second_out = rotated(baby, 1);
      dot.begin = begin;
      dot.end = end;
      ring_.kernels().dot(dot);
    }
  }

  void multiply_tile(std::size_t target, std::size_t begin) {
    const bool special = switcher_.is_special(target);
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      terms_.clear();
      for (const auto& diagonal : transform_.groups()[i].diagonals) {
        if (!special || babies_[diagonal.rotation].key != nullptr) {
          terms_.push_back({diagonal.residues.data() + target * degree_, rotated(diagonal.rotation, 0),
                            rotated(diagonal.rotation, 1)});
        }
      }
      DotRequest dot = request(target, terms_.data(), terms_.size());
      dot.pair_format = Format::kOperand;
      // The total is added to by giant steps, where there are any.
      dot.output_format = giants_[i].key == nullptr && giant_count() > 0 ? Format::kOperand : Format::kCanonical;
      dot.first_out = sums_[i].first + target * degree_;
      dot.second_out = sums_[i].second + target * degree_;
      dot.begin = begin;
      dot.end = begin + kTileWords;
      ring_.kernels().dot(dot);
    }
  }

  void add_giants() {
    std::size_t left = giant_count();
    for (std::size_t i = 0; i < giants_.size(); ++i) {
      if (giants_[i].key != nullptr) {
        add_giant(sums_[i], giants_[i], --left == 0);
        total_is_set_ = true;
      }
    }
  }

  void add_giant(Pair sum, const Rotation& giant, bool last) {
    Workspace::Frame frame;
    Residues divided = frame.take(switcher_.prime_count() * degree_);
    Residues coefficients = frame.take(switcher_.prime_count() * degree_);
    Residues digits = frame.take(switcher_.digit_count() * degree_);
    switcher_.divide_by_special(sum.second, nullptr, divided);
    switcher_.coefficients(divided, coefficients);
    DotTerm terms[64];
    for (std::size_t target = 0; target < switcher_.target_count(); ++target) {
      const std::size_t offset = target * degree_;
      switcher_.digits_modulo(target, divided, coefficients, digits);
      switcher_.fill_terms(target, *giant.key, digits, terms);
      DotRequest dot = request(target, terms, switcher_.digit_count());
      ring_.kernels().to_operand(dot.modulus, sum.first + offset, sum.first + offset, degree_);
      dot.shared_format = Format::kOperand;
      dot.output_format = last ? Format::kCanonical : Format::kOperand;
      dot.permutation = &giant.permutation;
      dot.permuted_addend = sum.first + offset;
      dot.first_addend = total_is_set_ ? total_.first + offset : nullptr;
      dot.second_addend = total_is_set_ ? total_.second + offset : nullptr;
      dot.first_out = total_.first + offset;
      dot.second_out = total_.second + offset;
      dot.end = degree_;
      ring_.kernels().dot(dot);
    }
  }

  const LinearTransform& transform_;
  const Ciphertext& input_;
  const Ring& ring_;
  KeySwitcher switcher_;
  std::size_t degree_;
  std::size_t words_;
  Workspace::Frame frame_;
  std::vector<Rotation> babies_;
  std::vector<Rotation> giants_;
  std::vector<Pair> sums_;
  std::vector<DotTerm> terms_;
  Residues rotated_ = nullptr;
  Pair total_{};
  bool total_is_set_ = false;
};

bool rotates(const LinearTransform& transform) {
  return transform.baby_steps() != std::vector<int>{0} || transform.groups().size() != 1 ||
         transform.groups().front().giant_step != 0;
}

/// Without any rotation the special primes are not needed.
Ciphertext multiply_slots(const LinearTransform& transform, const Ciphertext& input) {
  const Ring& ring = transform.context()->ring();
  Ciphertext result = new_ciphertext(transform.context(), transform.level(), 2, transform.product_scale());
  std::vector<DotTerm> terms;
  for (std::size_t prime = 0; prime <= static_cast<std::size_t>(transform.level()); ++prime) {
    const std::size_t offset = prime * ring.degree();
    terms.clear();
    for (const auto& diagonal : transform.groups().front().diagonals) {
      terms.push_back({diagonal.residues.data() + offset, input.data.data(0) + offset, input.data.data(1) + offset});
    }
    DotRequest dot{};
    dot.modulus = ring.modulus(prime);
    dot.terms = terms.data();
    dot.term_count = terms.size();
    dot.first_out = result.data.data(0) + offset;
    dot.second_out = result.data.data(1) + offset;
    dot.end = ring.degree();
    ring.kernels().dot(dot);
  }
  return transform.result_level() == transform.level() ? result : fast::rescale(result);
}

Ciphertext sum_diagonals(const LinearTransform& transform, const Ciphertext& input, const EvaluationKeys& keys) {
  if (!rotates(transform)) {
    return multiply_slots(transform, input);
  }
  Ciphertext result = new_ciphertext(transform.context(), transform.result_level(), 2, transform.result_scale());
  const KeySwitcher switcher(*transform.context(), transform.level());
  Application application(transform, input, keys);
  const Pair sum = application.sum();
  if (transform.result_level() == transform.level()) {
    switcher.divide_by_special(sum.first, nullptr, result.data.data(0));
    switcher.divide_by_special(sum.second, nullptr, result.data.data(1));
  } else {
    switcher.divide_by_special_and_last(sum.first, nullptr, result.data.data(0));
    switcher.divide_by_special_and_last(sum.second, nullptr, result.data.data(1));
  }
  return result;
}

}  // namespace

Ciphertext apply(const LinearTransform& transform, const Ciphertext& input, const EvaluationKeys& keys) {
  transform.check_input(input);
  Ciphertext result = sum_diagonals(transform, input, keys);
  result.data.scale() = transform.result_scale();
  for (const int step : transform.fold_steps()) {
    const Ciphertext rotated = fast::rotate(result, step, keys);
    transform.context()->evaluator().add_inplace(result.data, rotated.data);
  }
  if (transform.bias()) {
    transform.context()->evaluator().add_plain_inplace(result.data, transform.bias()->data);
  }
  check_not_transparent(result);
  return result;
}

}  // namespace silenda::fast
