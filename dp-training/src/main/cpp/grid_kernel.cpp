#include "grid_kernel.h"

#include <cmath>
#include <immintrin.h>

namespace silenda::dp {
namespace {

constexpr size_t kLanes = 4;
constexpr double kRounder = 1.5 * 0x1p52;

}  // namespace

bool add_rounded(const float* values, size_t count, double units_per_one, double limit, double* units) {
  const __m256d scale = _mm256_set1_pd(units_per_one);
  const __m256d rounder = _mm256_set1_pd(kRounder);
  const __m256d limits = _mm256_set1_pd(limit);
  const __m256d sign = _mm256_set1_pd(-0.0);
  __m256d within = _mm256_castsi256_pd(_mm256_set1_epi64x(-1));
  size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    __m256d scaled = _mm256_mul_pd(_mm256_cvtps_pd(_mm_loadu_ps(values + i)), scale);
    __m256d whole = _mm256_sub_pd(_mm256_add_pd(scaled, rounder), rounder);
    __m256d sum = _mm256_add_pd(_mm256_loadu_pd(units + i), whole);
    _mm256_storeu_pd(units + i, sum);
    within = _mm256_and_pd(within, _mm256_cmp_pd(_mm256_andnot_pd(sign, sum), limits, _CMP_LE_OQ));
  }
  bool good = _mm256_movemask_pd(within) == 0xf;
  for (; i < count; i++) {
    double scaled = values[i] * units_per_one;
    units[i] += scaled + kRounder - kRounder;
    good &= std::fabs(units[i]) <= limit;
  }
  return good;
}

void release(double* units, const int32_t* noise, size_t count, double scale, float* values) {
  const __m256d scales = _mm256_set1_pd(scale);
  size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    __m256d drawn = _mm256_cvtepi32_pd(_mm_loadu_si128(reinterpret_cast<const __m128i*>(noise + i)));
    __m256d sum = _mm256_add_pd(_mm256_loadu_pd(units + i), drawn);
    _mm_storeu_ps(values + i, _mm256_cvtpd_ps(_mm256_mul_pd(sum, scales)));
    _mm256_storeu_pd(units + i, _mm256_setzero_pd());
  }
  for (; i < count; i++) {
    values[i] = static_cast<float>((units[i] + noise[i]) * scale);
    units[i] = 0;
  }
}

}  // namespace silenda::dp
