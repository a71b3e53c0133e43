#pragma once

#include "kernels/ntt_template.h"

namespace silenda::kernels {
namespace {

/// Keys are too many streams for the processor to foresee. Addresses past the end do no harm.
constexpr std::size_t kPrefetchWords = 256;

/// Sums of so many words stay in the first-level cache until they are reduced.
constexpr std::size_t kTileWords = 64;

/// How far ahead a stream is asked for: the processor itself stops at the end of a page.
constexpr std::size_t kStreamPrefetchBytes = 1024;

/// Factors where a term's pointers say.
template <class A>
class PlainPairs {
 public:
  PlainPairs(const A& a, const DotRequest& request, std::size_t i) : a_(a), term_(request.terms), i_(i) {}

  SILENDA_INLINE void prefetch() const {
    __builtin_prefetch(term_->first + i_ + kPrefetchWords);
    __builtin_prefetch(term_->second + i_ + kPrefetchWords);
  }
  SILENDA_INLINE typename A::V first(int vector) const { return a_.load(term_->first + word(vector)); }
  SILENDA_INLINE typename A::V second(int vector) const { return a_.load(term_->second + word(vector)); }
  SILENDA_INLINE void next() { ++term_; }

 private:
  std::size_t word(int vector) const { return i_ + static_cast<std::size_t>(vector) * A::kLanes; }

  const A& a_;
  const DotTerm* term_;
  std::size_t i_;
};

/// Factors packed in one stream.
template <class A>
class StreamedPairs {
 public:
  StreamedPairs(const A& a, const DotRequest& request, std::size_t i)
      : a_(a), width_(request.pairs->width), unpacker_(A::unpacker(width_)) {
    unroll<0, A::kDotVectors>(SILENDA_BODY(k) {
      const std::size_t word = i + k * A::kLanes;
      bytes_[k] =
          request.pairs->bytes + word / kPackedWords * request.pairs->stride + word % kPackedWords * width_;
    });
  }

  SILENDA_INLINE void prefetch() const {
    __builtin_prefetch(bytes_[0] + kStreamPrefetchBytes);
    __builtin_prefetch(bytes_[0] + kStreamPrefetchBytes + 64);
  }
  SILENDA_INLINE typename A::V first(int vector) const { return a_.unpack(bytes_[vector], unpacker_); }
  SILENDA_INLINE typename A::V second(int vector) const {
    return a_.unpack(bytes_[vector] + kPackedWords * width_, unpacker_);
  }
  SILENDA_INLINE void next() {
    unroll<0, A::kDotVectors>(SILENDA_BODY(k) { bytes_[k] += 2 * kPackedWords * width_; });
  }

 private:
  const A& a_;
  std::size_t width_;
  typename A::Unpacker unpacker_;
  const std::uint8_t* bytes_[A::kDotVectors];
};

/// Sums of products of one vector, reduced whenever the accumulator is full.
template <class A, bool SharedOperand, template <class> class Pairs, bool Permuted>
class Dot {
 public:
  using V = typename A::V;

  explicit Dot(const DotRequest& request) : a_(request.modulus), request_(request) {}

  /// First the sums of a tile, then their reductions: in two loops, each of short dependency chains.
  void run() const {
    constexpr std::size_t vectors = kTileWords / A::kLanes;
    typename A::Accumulator first[vectors];
    typename A::Accumulator second[vectors];
    for (std::size_t begin = request_.begin; begin < request_.end; begin += kTileWords) {
      for (std::size_t k = 0; k < vectors; k += A::kDotVectors) {
        add_terms(begin + k * A::kLanes, first + k, second + k);
      }
      for (std::size_t k = 0; k < vectors; ++k) {
        finish(begin + k * A::kLanes, first[k], second[k]);
      }
    }
  }

 private:
  SILENDA_INLINE void add_terms(std::size_t i, typename A::Accumulator* first_out,
                                typename A::Accumulator* second_out) const {
    typename A::Accumulator first[A::kDotVectors];
    typename A::Accumulator second[A::kDotVectors];
    unroll<0, A::kDotVectors>(SILENDA_BODY(k) {
      first[k] = A::zero();
      second[k] = A::zero();
    });
    const DotTerm* term = request_.terms;
    const DotTerm* const end = term + request_.term_count;
    const typename A::Position position[2] = {position_of(i), position_of(i + (A::kDotVectors - 1) * A::kLanes)};
    Pairs<A> pairs(a_, request_, i);
    while (term != end) {
      const std::size_t left = static_cast<std::size_t>(end - term);
      const DotTerm* const stop = term + (left < a_.max_terms() ? left : a_.max_terms());
      for (; term != stop; ++term) {
        pairs.prefetch();
        unroll<0, A::kDotVectors>(SILENDA_BODY(k) {
          const V shared = load_shared(term->shared, i + k * A::kLanes, position[k]);
          a_.multiply_accumulate(first[k], shared, pairs.first(k));
          a_.multiply_accumulate(second[k], shared, pairs.second(k));
        });
        pairs.next();
      }
      if (term != end) {
        unroll<0, A::kDotVectors>(SILENDA_BODY(k) {
          first[k] = a_.restart(first[k]);
          second[k] = a_.restart(second[k]);
        });
      }
    }
    unroll<0, A::kDotVectors>(SILENDA_BODY(k) {
      first_out[k] = first[k];
      second_out[k] = second[k];
    });
  }

  SILENDA_INLINE typename A::Position position_of(std::size_t i) const {
    if constexpr (Permuted) {
      const std::uint32_t entry = request_.permutation->source[i / A::kLanes];
      return A::position(entry >> 8, request_.permutation->permutations + (entry & 255) * A::kLanes);
    } else {
      return typename A::Position();
    }
  }

  SILENDA_INLINE V load_shared(const std::uint64_t* values, std::size_t i, typename A::Position position) const {
    const std::size_t offset = Permuted ? position.offset : i;
    const V v = SharedOperand ? A::load_operand(values + offset) : a_.load(values + offset);
    return Permuted ? A::permute(v, position) : v;
  }

  SILENDA_INLINE void finish(std::size_t i, const typename A::Accumulator& first_sum,
                             const typename A::Accumulator& second_sum) const {
    V first = a_.reduce(first_sum);
    V second = a_.reduce(second_sum);
    if (request_.permuted_addend != nullptr) {
      const typename A::Position position = position_of(i);
      const std::size_t offset = Permuted ? position.offset : i;
      const V addend = A::load_operand(request_.permuted_addend + offset);
      first = a_.accumulate(first, Permuted ? A::permute(addend, position) : addend);
    }
    if (request_.first_addend != nullptr) {
      first = a_.accumulate(first, A::load_operand(request_.first_addend + i));
    }
    if (request_.second_addend != nullptr) {
      second = a_.accumulate(second, A::load_operand(request_.second_addend + i));
    }
    if (request_.output_format == Format::kCanonical) {
      a_.store(request_.first_out + (i - request_.origin), first);
      a_.store(request_.second_out + (i - request_.origin), second);
    } else {
      A::store_operand(request_.first_out + (i - request_.origin), a_.operand(first));
      A::store_operand(request_.second_out + (i - request_.origin), a_.operand(second));
    }
  }

  A a_;
  const DotRequest& request_;
};

template <class A, template <class> class Pairs>
void dot_of(const DotRequest& request) {
  if (request.permutation != nullptr) {
    Dot<A, true, Pairs, true>(request).run();
  } else if (request.shared_format == Format::kOperand) {
    Dot<A, true, Pairs, false>(request).run();
  } else {
    Dot<A, false, Pairs, false>(request).run();
  }
}

template <class A>
void dot(const DotRequest& request) {
  request.pairs != nullptr ? dot_of<A, StreamedPairs>(request) : dot_of<A, PlainPairs>(request);
}

/// The same sums over a stream of packed factors.
template <class A>
class PackedDot {
 public:
  using V = typename A::V;

  explicit PackedDot(const PackedDotRequest& request)
      : a_(request.modulus), unpacker_(A::unpacker(request.width)), request_(request) {}

  void run() const {
    constexpr std::size_t vectors = kTileWords / A::kLanes;
    typename A::Accumulator first[vectors];
    typename A::Accumulator second[vectors];
    const std::uint8_t* shared = request_.shared;
    for (std::size_t begin = 0; begin < request_.size; begin += kTileWords) {
      for (std::size_t k = 0; k < vectors; k += kVectors) {
        shared = add_terms(shared, begin + k * A::kLanes, first + k, second + k);
      }
      for (std::size_t k = 0; k < vectors; ++k) {
        const std::size_t i = begin + k * A::kLanes;
        store(request_.first_out + i, a_.reduce(first[k]), request_.first_format);
        store(request_.second_out + i, a_.reduce(second[k]), request_.second_format);
      }
    }
  }

 private:
  static constexpr int kVectors = kPackedWords / A::kLanes;

  SILENDA_INLINE const std::uint8_t* add_terms(const std::uint8_t* shared, std::size_t i,
                                               typename A::Accumulator* first_out,
                                               typename A::Accumulator* second_out) const {
    typename A::Accumulator first[kVectors];
    typename A::Accumulator second[kVectors];
    unroll<0, kVectors>(SILENDA_BODY(k) {
      first[k] = A::zero();
      second[k] = A::zero();
    });
    const PackedTerm* term = request_.terms;
    const PackedTerm* const end = term + request_.term_count;
    while (term != end) {
      const std::size_t left = static_cast<std::size_t>(end - term);
      const PackedTerm* const stop = term + (left < a_.max_terms() ? left : a_.max_terms());
      for (; term != stop; ++term) {
        __builtin_prefetch(shared + kStreamPrefetchBytes);
        unroll<0, kVectors>(SILENDA_BODY(k) {
          const V factor = a_.unpack(shared + k * A::kLanes * request_.width, unpacker_);
          a_.multiply_accumulate(first[k], factor, A::load_operand(term->first + i + k * A::kLanes));
          a_.multiply_accumulate(second[k], factor, A::load_operand(term->second + i + k * A::kLanes));
        });
        shared += kPackedWords * request_.width;
      }
      if (term != end) {
        unroll<0, kVectors>(SILENDA_BODY(k) {
          first[k] = a_.restart(first[k]);
          second[k] = a_.restart(second[k]);
        });
      }
    }
    unroll<0, kVectors>(SILENDA_BODY(k) {
      first_out[k] = first[k];
      second_out[k] = second[k];
    });
    return shared;
  }

  SILENDA_INLINE void store(std::uint64_t* out, V v, Format format) const {
    if (format == Format::kCanonical) {
      a_.store(out, v);
    } else {
      A::store_operand(out, a_.operand(v));
    }
  }

  A a_;
  typename A::Unpacker unpacker_;
  const PackedDotRequest& request_;
};

template <class A>
void packed_dot(const PackedDotRequest& request) {
  PackedDot<A>(request).run();
}

}  // namespace
}  // namespace silenda::kernels
