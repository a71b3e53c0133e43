#include "normal_quantile.h"

#include <algorithm>
#include <cstring>
#include <immintrin.h>

#include "aes_counter.h"

namespace silenda::dp {
namespace {

constexpr size_t kLanes = 4;
constexpr size_t kBlock = 64;

// Samples on their way. Each step runs over all of them before the next begins: one sample's steps wait for each other, and
// a processor looks ahead no further than two or three samples.
struct Block {
  alignas(32) uint64_t words[kBlock];
  alignas(32) uint64_t rows[kBlock];  // indices in the table
  alignas(32) double points[kBlock];  // places within the cell, in [-1, 1]; no number where the table ends
  alignas(32) double values[kBlock];

  ~Block() { wipe(this, sizeof *this); }
};

__m256i constant(int64_t value) { return _mm256_set1_epi64x(value); }

__m256i load(const uint64_t* from) { return _mm256_load_si256(reinterpret_cast<const __m256i*>(from)); }

void locate(Block& block, size_t at) {
  __m256i uniform = _mm256_srli_epi64(load(block.words + at), 1);
  // The exponent of the upper 31 bits, as a double, tells the leading zeros of the 63.
  const __m256i magic = constant(0x4330000000000000);  // 2^52
  const __m256d two52 = _mm256_castsi256_pd(magic);
  __m256i upper = _mm256_srli_epi64(uniform, 32);
  __m256d number = _mm256_sub_pd(_mm256_castsi256_pd(_mm256_or_si256(upper, magic)), two52);
  __m256i exponent = _mm256_srli_epi64(_mm256_castpd_si256(number), 52);
  __m256i octave = _mm256_sub_epi64(constant(1023 + 30), exponent);
  __m256i beyond = _mm256_cmpgt_epi64(octave, constant(QuantileTable::kOctaves - 1));
  octave = _mm256_andnot_si256(beyond, octave);

  __m256i mantissa = _mm256_sllv_epi64(uniform, _mm256_add_epi64(octave, constant(2)));
  __m256i cell = _mm256_srli_epi64(mantissa, 64 - QuantileTable::kCellsLog2);
  __m256i row = _mm256_add_epi64(_mm256_slli_epi64(octave, QuantileTable::kCellsLog2), cell);

  // 53 bits x; t = x / 2^52 - 1, exact: the lower 52 as 1 + x / 2^52 - 2, and one more where the upper bit is set.
  __m256i x = _mm256_srli_epi64(_mm256_slli_epi64(mantissa, QuantileTable::kCellsLog2), 11);
  const __m256i one = constant(0x3ff0000000000000);
  __m256i fraction = _mm256_or_si256(_mm256_and_si256(x, constant((int64_t{1} << 52) - 1)), one);
  __m256d low = _mm256_sub_pd(_mm256_castsi256_pd(fraction), _mm256_set1_pd(2));
  __m256i upper_bit = _mm256_cmpgt_epi64(x, constant((int64_t{1} << 52) - 1));
  __m256d high = _mm256_castsi256_pd(_mm256_and_si256(upper_bit, one));
  __m256d t = _mm256_or_pd(_mm256_add_pd(low, high), _mm256_castsi256_pd(beyond));
  _mm256_store_si256(reinterpret_cast<__m256i*>(block.rows + at), row);
  _mm256_store_pd(block.points + at, t);
}

// Two numbers of each of four rows, as two columns.
struct Columns {
  __m256d first;
  __m256d second;
};

Columns columns(const double* const (&rows)[kLanes], size_t at) {
  auto pair = [&rows, at](size_t low, size_t high) {
    return _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_load_pd(rows[low] + at)), _mm_load_pd(rows[high] + at), 1);
  };
  __m256d even = pair(0, 2);
  __m256d odd = pair(1, 3);
  return {_mm256_unpacklo_pd(even, odd), _mm256_unpackhi_pd(even, odd)};
}

void evaluate(const QuantileTable& table, Block& block, size_t at) {
  const double* rows[kLanes];
  for (size_t i = 0; i < kLanes; i++) {
    rows[i] = table.rows + block.rows[at + i] * QuantileTable::kTerms;
  }
  Columns c01 = columns(rows, 0);
  Columns c23 = columns(rows, 2);
  Columns c45 = columns(rows, 4);
  Columns c67 = columns(rows, 6);
  __m256d t = _mm256_load_pd(block.points + at);
  auto times_plus = [t](__m256d a, __m256d b) { return _mm256_add_pd(b, _mm256_mul_pd(t, a)); };
  __m256d low = times_plus(times_plus(times_plus(c23.second, c23.first), c01.second), c01.first);
  __m256d high = times_plus(times_plus(c67.first, c45.second), c45.first);
  __m256d t2 = _mm256_mul_pd(t, t);
  _mm256_store_pd(block.values + at, _mm256_add_pd(low, _mm256_mul_pd(_mm256_mul_pd(t2, t2), high)));
}

// How samples are rounded, and which are not decided.
struct Rounding {
  __m256d scale;
  __m256d margin;
  __m256d upper_margin;

  // Writes four samples; returns a bit for each that is not decided.
  int four(const Block& block, size_t at, int32_t* out) const {
    __m256d value = _mm256_load_pd(block.values + at);
    __m256d shifted = _mm256_add_pd(_mm256_mul_pd(value, scale), _mm256_set1_pd(0.5));
    __m256d whole = _mm256_round_pd(shifted, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC);
    __m256d rest = _mm256_sub_pd(shifted, whole);
    __m256d decided =
        _mm256_and_pd(_mm256_cmp_pd(rest, margin, _CMP_GT_OQ), _mm256_cmp_pd(rest, upper_margin, _CMP_LT_OQ));
    // The lowest bit of a word becomes the sign of its double.
    __m256d sign = _mm256_castsi256_pd(_mm256_slli_epi64(load(block.words + at), 63));
    __m128i result = _mm256_cvttpd_epi32(_mm256_xor_pd(whole, sign));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), result);
    return _mm256_movemask_pd(decided) ^ 0xf;
  }
};

}  // namespace

size_t rounded_normals(const QuantileTable& table, const uint64_t* words, size_t count, double scale, double margin,
                       int32_t first_place, int32_t* out, int32_t* undecided) {
  const Rounding rounding{_mm256_set1_pd(scale), _mm256_set1_pd(margin), _mm256_set1_pd(1 - margin)};
  size_t open = 0;
  Block block = {};
  for (size_t done = 0; done < count; done += kBlock) {
    size_t now = std::min(kBlock, count - done);
    size_t padded = (now + kLanes - 1) / kLanes * kLanes;
    std::memcpy(block.words, words + done, now * sizeof(uint64_t));
    for (size_t i = 0; i < padded; i += kLanes) {
      locate(block, i);
    }
    for (size_t i = 0; i < padded; i += kLanes) {
      evaluate(table, block, i);
    }
    for (size_t i = 0; i < padded; i += kLanes) {
      int32_t four[kLanes];
      size_t lanes = std::min(kLanes, now - i);
      int mask = rounding.four(block, i, lanes == kLanes ? out + done + i : four);
      if (lanes < kLanes) [[unlikely]] {
        std::memcpy(out + done + i, four, lanes * sizeof(int32_t));
        mask &= (1 << lanes) - 1;
      }
      for (size_t lane = 0; mask != 0; lane++, mask >>= 1) {
        if ((mask & 1) != 0) {
          undecided[open++] = first_place + static_cast<int32_t>(done + i + lane);
        }
      }
    }
  }
  return open;
}

}  // namespace silenda::dp
