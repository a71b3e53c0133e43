#include "normal_quantile.h"

#include <cstring>
#include <immintrin.h>

namespace silenda::dp {
namespace {

constexpr size_t kLanes = 4;

struct Point {
  __m256i row;  // index of the row in the table
  __m256d t;    // place within the cell, in [-1, 1]
  __m256i beyond;  // all ones where the table ends
};

__m256i constant(int64_t value) { return _mm256_set1_epi64x(value); }

Point locate(__m256i uniform) {
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
  return {row, _mm256_add_pd(low, high), beyond};
}

// Four rows of four numbers, as four columns.
void transpose(__m256d (&m)[4]) {
  __m256d a = _mm256_unpacklo_pd(m[0], m[1]);
  __m256d b = _mm256_unpackhi_pd(m[0], m[1]);
  __m256d c = _mm256_unpacklo_pd(m[2], m[3]);
  __m256d d = _mm256_unpackhi_pd(m[2], m[3]);
  m[0] = _mm256_permute2f128_pd(a, c, 0x20);
  m[1] = _mm256_permute2f128_pd(b, d, 0x20);
  m[2] = _mm256_permute2f128_pd(a, c, 0x31);
  m[3] = _mm256_permute2f128_pd(b, d, 0x31);
}

__m256d quantile(const QuantileTable& table, const Point& point) {
  alignas(32) uint64_t rows[kLanes];
  _mm256_store_si256(reinterpret_cast<__m256i*>(rows), point.row);
  __m256d c[4];
  __m256d d[4];
  for (size_t i = 0; i < kLanes; i++) {
    const double* row = table.rows + rows[i] * QuantileTable::kTerms;
    c[i] = _mm256_load_pd(row);
    d[i] = _mm256_load_pd(row + 4);
  }
  transpose(c);
  transpose(d);
  __m256d t = point.t;
  auto times_plus = [t](__m256d a, __m256d b) { return _mm256_add_pd(b, _mm256_mul_pd(t, a)); };
  __m256d low = times_plus(times_plus(times_plus(c[3], c[2]), c[1]), c[0]);
  __m256d high = times_plus(times_plus(d[2], d[1]), d[0]);
  __m256d t2 = _mm256_mul_pd(t, t);
  return _mm256_add_pd(low, _mm256_mul_pd(_mm256_mul_pd(t2, t2), high));
}

// Writes four samples; returns a bit for each that is not decided.
int four(const QuantileTable& table, __m256i words, __m256d scale, __m256d margin, __m256d upper_margin, int32_t* out) {
  Point point = locate(_mm256_srli_epi64(words, 1));
  __m256d shifted = _mm256_add_pd(_mm256_mul_pd(quantile(table, point), scale), _mm256_set1_pd(0.5));
  __m256d whole = _mm256_round_pd(shifted, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC);
  __m256d rest = _mm256_sub_pd(shifted, whole);
  __m256d decided =
      _mm256_and_pd(_mm256_cmp_pd(rest, margin, _CMP_GT_OQ), _mm256_cmp_pd(rest, upper_margin, _CMP_LT_OQ));
  __m256d undecided = _mm256_or_pd(_mm256_andnot_pd(decided, _mm256_castsi256_pd(constant(-1))),
                                   _mm256_castsi256_pd(point.beyond));
  // The lowest bit of a word becomes the sign of its double.
  __m256d sign = _mm256_castsi256_pd(_mm256_slli_epi64(words, 63));
  __m128i result = _mm256_cvttpd_epi32(_mm256_xor_pd(whole, sign));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(out), result);
  return _mm256_movemask_pd(undecided);
}

}  // namespace

size_t rounded_normals(const QuantileTable& table, const uint64_t* words, size_t count, double scale, double margin,
                       int32_t first_place, int32_t* out, int32_t* undecided) {
  const __m256d scales = _mm256_set1_pd(scale);
  const __m256d margins = _mm256_set1_pd(margin);
  const __m256d upper_margins = _mm256_set1_pd(1 - margin);
  size_t open = 0;
  auto note = [&](int mask, size_t place) {
    for (size_t lane = 0; mask != 0; lane++, mask >>= 1) {
      if ((mask & 1) != 0) {
        undecided[open++] = first_place + static_cast<int32_t>(place + lane);
      }
    }
  };
  size_t whole = count - count % kLanes;
  for (size_t i = 0; i < whole; i += kLanes) {
    __m256i bits = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(words + i));
    int mask = four(table, bits, scales, margins, upper_margins, out + i);
    if (mask != 0) [[unlikely]] {
      note(mask, i);
    }
  }
  if (size_t rest = count - whole; rest != 0) {
    alignas(32) uint64_t last[kLanes] = {};
    int32_t samples[kLanes];
    std::memcpy(last, words + whole, rest * sizeof(uint64_t));
    __m256i bits = _mm256_load_si256(reinterpret_cast<const __m256i*>(last));
    int mask = four(table, bits, scales, margins, upper_margins, samples);
    std::memcpy(out + whole, samples, rest * sizeof(int32_t));
    note(mask & ((1 << rest) - 1), whole);
  }
  return open;
}

}  // namespace silenda::dp
