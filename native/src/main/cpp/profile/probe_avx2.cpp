#include <immintrin.h>

#include "profile/machine_probe.h"

namespace silenda::profile {

/// Twelve chains hide the latency of two units.
MultiplyLoop multiply_loop_avx2(std::uint64_t rounds) {
  constexpr std::size_t kChains = 12;
  constexpr std::uint64_t kLanes = 4;
  __m256d sum[kChains];
  for (auto& each : sum) {
    each = _mm256_set1_pd(1.0);
  }
  __m256d factor = _mm256_set1_pd(0.999999);
  const std::int64_t start = now_nanos();
  for (std::uint64_t round = 0; round < rounds; ++round) {
    asm volatile("" : "+x"(factor));
    for (std::size_t i = 0; i < kChains; ++i) {
      sum[i] = _mm256_fmadd_pd(sum[i], factor, factor);
    }
  }
  const std::int64_t nanos = now_nanos() - start;
  for (auto& each : sum) {
    asm volatile("" : : "x"(each));
  }
  return {rounds * kChains * kLanes, nanos};
}

}  // namespace silenda::profile
