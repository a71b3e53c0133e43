#include <immintrin.h>

#include "profile/machine_probe.h"

namespace silenda::profile {

/// Twelve chains hide the latency of two units.
MultiplyLoop multiply_loop_avx512ifma(std::uint64_t rounds) {
  constexpr std::size_t kChains = 12;
  constexpr std::uint64_t kLanes = 8;
  __m512i sum[kChains];
  for (auto& each : sum) {
    each = _mm512_set1_epi64(1);
  }
  __m512i factor = _mm512_set1_epi64(0x7ffffffff);
  const std::int64_t start = now_nanos();
  for (std::uint64_t round = 0; round < rounds; ++round) {
    asm volatile("" : "+v"(factor));
    for (std::size_t i = 0; i < kChains; ++i) {
      sum[i] = _mm512_madd52lo_epu64(sum[i], factor, factor);
    }
  }
  const std::int64_t nanos = now_nanos() - start;
  for (auto& each : sum) {
    asm volatile("" : : "v"(each));
  }
  return {rounds * kChains * kLanes, nanos};
}

}  // namespace silenda::profile
