#pragma once

#include "kernels/ntt_passes_template.h"

namespace silenda::kernels {
namespace {

/// One forward or inverse transform: passes of four-way butterflies over blocks, and one last (or first) pass
/// that finishes blocks of lanes*lanes words in registers, where vectors are transposed.
template <class A>
class Ntt {
 public:
  static constexpr std::size_t kBlock = A::kLanes * A::kLanes;

  Ntt(const NttTables& tables, std::uint64_t* data)
      : a_(tables.modulus), tables_(tables), data_(data), degree_(std::size_t{1} << tables.log2_degree) {}

  void forward(const std::uint64_t* in, Format in_format, Format format) {
    format_ = format;
    in_format == Format::kOperand ? first_pass<false>(in) : first_pass<true>(in);
    const std::size_t blocks = odd_passes() ? 2 : 4;
    forward_children(blocks, 0, blocks);
  }

  void inverse(const std::uint64_t* in) {
    in_ = in;
    if (odd_passes()) {
      inverse_children(2, 0, 2);
      inverse_pass<A, 1, true>(a_, tables_, data_, degree_, 1);
    } else {
      inverse_children(4, 0, 4);
      inverse_pass<A, 2, true>(a_, tables_, data_, degree_, 1);
    }
  }

 private:
  bool odd_passes() const { return (tables_.log2_degree & 1) != 0; }

  template <bool Integers>
  void first_pass(const std::uint64_t* in) {
    if (odd_passes()) {
      forward_pass<A, 1, Integers>(a_, tables_, in, data_, degree_, 1);
    } else {
      forward_pass<A, 2, Integers>(a_, tables_, in, data_, degree_, 1);
    }
  }

  void forward_children(std::size_t blocks, std::size_t begin, std::size_t end) {
    const std::size_t length = degree_ / blocks;
    if (length == kBlock) {
      // Two loops of short dependency chains overlap better than one of long ones.
      for (std::size_t block = begin; block < end; block += A::kWays) {
        finish_rows(block);
      }
      for (std::size_t block = begin; block < end; block += A::kWays) {
        finish_columns(block);
      }
    } else if (length <= kCachedWords) {
      for (std::size_t block = begin; block < end; ++block) {
        forward_pass<A, 2, false>(a_, tables_, data_ + block * length, data_ + block * length, length, blocks + block);
      }
      forward_children(blocks * 4, begin * 4, end * 4);
    } else {
      for (std::size_t block = begin; block < end; ++block) {
        forward_pass<A, 2, false>(a_, tables_, data_ + block * length, data_ + block * length, length, blocks + block);
        forward_cached(blocks * 4, block * 4, block * 4 + 4);
      }
    }
  }

  void forward_cached(std::size_t blocks, std::size_t begin, std::size_t end) {
    for (std::size_t block = begin; block < end; ++block) {
      forward_children(blocks, block, block + 1);
    }
  }

  void inverse_children(std::size_t blocks, std::size_t begin, std::size_t end) {
    const std::size_t length = degree_ / blocks;
    if (length == kBlock) {
      for (std::size_t block = begin; block < end; block += A::kWays) {
        start_columns(block);
      }
      for (std::size_t block = begin; block < end; block += A::kWays) {
        start_rows(block);
      }
      return;
    }
    for (std::size_t block = begin; block < end; block += length > kCachedWords ? 1 : end - begin) {
      const std::size_t block_end = length > kCachedWords ? block + 1 : end;
      inverse_children(blocks * 4, block * 4, block_end * 4);
      for (std::size_t i = block; i < block_end; ++i) {
        inverse_pass<A, 2, false>(a_, tables_, data_ + i * length, length, blocks + i);
      }
    }
  }

  const std::uint64_t* vectors(const std::uint64_t* all, std::size_t block) const {
    return all + block * (A::kLanes - 1) * 2 * A::kLanes;
  }

  /// Way w is block number block + w: blocks come in fours.
  SILENDA_INLINE std::uint64_t* load_block(std::size_t block, Ways<A>* v) const {
    std::uint64_t* words = data_ + block * kBlock;
    unroll<0, A::kWays>(SILENDA_BODY(way) {
      unroll<0, A::kLanes>(SILENDA_BODY(k) { v[k][way] = A::load_operand(words + way * kBlock + k * A::kLanes); });
    });
    return words;
  }

  SILENDA_INLINE static void store_block(std::uint64_t* words, const Ways<A>* v) {
    unroll<0, A::kWays>(SILENDA_BODY(way) {
      unroll<0, A::kLanes>(SILENDA_BODY(k) { A::store_operand(words + way * kBlock + k * A::kLanes, v[k][way]); });
    });
  }

  SILENDA_INLINE static void transpose(Ways<A>* v) {
    unroll<0, A::kWays>(SILENDA_BODY(way) {
      typename A::V rows[A::kLanes];
      unroll<0, A::kLanes>(SILENDA_BODY(k) { rows[k] = v[k][way]; });
      A::transpose(rows);
      unroll<0, A::kLanes>(SILENDA_BODY(k) { v[k][way] = rows[k]; });
    });
  }

  SILENDA_INLINE static typename A::Root row_root(const std::uint64_t* roots, std::size_t root_index, int layer,
                                                  int group) {
    return A::broadcast_root(roots + 2 * ((root_index << layer) + static_cast<std::size_t>(group)));
  }

  SILENDA_INLINE typename A::Root column_root(const std::uint64_t* all, std::size_t block, int layer,
                                              int group) const {
    return A::load_root(vectors(all, block) + ((1 << layer) - 1 + group) * 2 * A::kLanes);
  }

  SILENDA_INLINE void finish_rows(std::size_t block) {
    Ways<A> v[A::kLanes];
    std::uint64_t* words = load_block(block, v);
    const std::size_t root_index = degree_ / kBlock + block;
    forward_layers<A, A::kLog2Lanes>(a_, v, [&](auto layer, auto group, auto way) __attribute__((always_inline)) {
      return row_root(tables_.forward_roots, root_index + way, layer, group);
    });
    store_block(words, v);
  }

  SILENDA_INLINE void finish_columns(std::size_t block) {
    Ways<A> v[A::kLanes];
    std::uint64_t* words = load_block(block, v);
    transpose(v);
    forward_layers<A, A::kLog2Lanes>(a_, v, [&](auto layer, auto group, auto way) __attribute__((always_inline)) {
      return column_root(tables_.forward_vectors, block + way, layer, group);
    });
    transpose(v);
    unroll<0, A::kWays>(SILENDA_BODY(way) {
      unroll<0, A::kLanes>(SILENDA_BODY(k) {
        std::uint64_t* const out = words + way * kBlock + k * A::kLanes;
        if (format_ == Format::kCanonical) {
          a_.store(out, v[k][way]);
        } else {
          A::store_operand(out, a_.operand(v[k][way]));
        }
      });
    });
  }

  SILENDA_INLINE void start_columns(std::size_t block) {
    Ways<A> v[A::kLanes];
    unroll<0, A::kWays>(SILENDA_BODY(way) {
      unroll<0, A::kLanes>(SILENDA_BODY(k) {
        v[k][way] = a_.load(in_ + (block + way) * kBlock + k * A::kLanes);
      });
    });
    transpose(v);
    inverse_layers<A, A::kLog2Lanes, false>(
        a_, v, tables_, [&](auto layer, auto group, auto way) __attribute__((always_inline)) {
          return column_root(tables_.inverse_vectors, block + way, layer, group);
        });
    transpose(v);
    store_block(data_ + block * kBlock, v);
  }

  SILENDA_INLINE void start_rows(std::size_t block) {
    Ways<A> v[A::kLanes];
    std::uint64_t* words = load_block(block, v);
    const std::size_t root_index = degree_ / kBlock + block;
    inverse_layers<A, A::kLog2Lanes, false>(
        a_, v, tables_, [&](auto layer, auto group, auto way) __attribute__((always_inline)) {
          return row_root(tables_.inverse_roots, root_index + way, layer, group);
        });
    store_block(words, v);
  }

  A a_;
  const NttTables& tables_;
  const std::uint64_t* in_ = nullptr;
  std::uint64_t* data_;
  std::size_t degree_;
  Format format_ = Format::kCanonical;
};

}  // namespace
}  // namespace silenda::kernels
