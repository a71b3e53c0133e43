#pragma once

#include "kernels/ntt_template.h"

namespace silenda::kernels {
namespace {

/// What all terms of a combination have in common, and where its result goes.
template <class A>
class Combiner {
 public:
  Combiner(const A& a, const Combination& combination, std::uint64_t* out, Format format)
      : a_(a),
        constant_(a.broadcast(correction(combination))),
        half_(a.broadcast(combination.modulus / 2)),
        addend_(combination.addend),
        out_(out),
        format_(format) {}

  typename A::V constant() const { return constant_; }

  SILENDA_INLINE void finish(std::size_t i, typename A::V sum) const {
    if (addend_ != nullptr) {
      sum = a_.accumulate(sum, A::load_operand(addend_ + i));
    }
    if (format_ == Format::kCanonical) {
      a_.store(out_ + i, sum);
    } else if (format_ == Format::kOperand) {
      A::store_operand(out_ + i, a_.operand(sum));
    } else {
      a_.store_centred(out_ + i, a_.accumulate(sum, half_), half_);
    }
  }

 private:
  __extension__ typedef unsigned __int128 Wide;

  /// The constant, less the halves that centred values carry where the set adds them.
  static std::uint64_t correction(const Combination& combination) {
    std::uint64_t constant = combination.constant;
    if (combination.values_format == Format::kCentred && !A::kSigned) {
      for (std::size_t term = 0; term < combination.term_count; ++term) {
        const auto added = static_cast<std::uint64_t>(Wide{combination.terms[term].half} *
                                                      combination.terms[term].weight % combination.modulus);
        constant = constant >= added ? constant - added : constant + (combination.modulus - added);
      }
    }
    return constant;
  }

  const A& a_;
  typename A::V constant_;
  typename A::V half_;
  const std::uint64_t* addend_;
  std::uint64_t* out_;
  Format format_;
};

/// Each product is reduced by itself.
template <class A, bool Centred>
void combine_few(const Combination& combination, std::uint64_t* out, Format format) {
  const A a(combination.modulus);
  const Combiner<A> combiner(a, combination, out, format);
  constexpr std::size_t kMaxTerms = 32;
  typename A::Root weights[kMaxTerms];
  const std::size_t first_count = combination.term_count < kMaxTerms ? combination.term_count : kMaxTerms;
  for (std::size_t term = 0; term < first_count; ++term) {
    weights[term] = a.make_root(combination.terms[term].weight);
  }
  for (std::size_t i = 0; i < combination.size; i += A::kLanes) {
    typename A::V sum = combiner.constant();
    for (std::size_t term = 0; term < combination.term_count; ++term) {
      const typename A::Root weight =
          term < first_count ? weights[term] : a.make_root(combination.terms[term].weight);
      const std::uint64_t* values = combination.terms[term].values + i;
      sum = a.accumulate(sum, a.multiply(Centred ? A::load_operand(values) : a.load(values), weight));
    }
    combiner.finish(i, sum);
  }
}

/// Products of centred residues are added first, and their sums reduced.
template <class A>
void combine_centred(const Combination& combination, std::uint64_t* out, Format format) {
  const A a(combination.modulus);
  const Combiner<A> combiner(a, combination, out, format);
  constexpr std::size_t kMaxTerms = 64;
  typename A::V weights[kMaxTerms];
  for (std::size_t term = 0; term < combination.term_count; ++term) {
    weights[term] = a.make_root(combination.terms[term].weight).value;
  }
  for (std::size_t i = 0; i < combination.size; i += A::kDotVectors * A::kLanes) {
    typename A::Accumulator sums[A::kDotVectors];
    unroll<0, A::kDotVectors>(SILENDA_BODY(k) { sums[k] = A::zero(); });
    for (std::size_t term = 0; term < combination.term_count; ++term) {
      if (term != 0 && term % A::kMaxCentredTerms == 0) {
        unroll<0, A::kDotVectors>(SILENDA_BODY(k) { sums[k] = a.restart(sums[k]); });
      }
      const std::uint64_t* values = combination.terms[term].values + i;
      unroll<0, A::kDotVectors>(SILENDA_BODY(k) {
        a.multiply_accumulate(sums[k], A::load_operand(values + k * A::kLanes), weights[term]);
      });
    }
    unroll<0, A::kDotVectors>(SILENDA_BODY(k) {
      combiner.finish(i + k * A::kLanes, a.accumulate(a.reduce(sums[k]), combiner.constant()));
    });
  }
}

template <class A>
void combine(const Combination& combination, std::uint64_t* out, Format format) {
  if (combination.values_format != Format::kCentred) {
    combine_few<A, false>(combination, out, format);
  } else if (combination.term_count < 3) {
    combine_few<A, true>(combination, out, format);
  } else {
    combine_centred<A>(combination, out, format);
  }
}

}  // namespace
}  // namespace silenda::kernels
