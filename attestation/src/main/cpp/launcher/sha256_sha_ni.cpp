#include "sha256_blocks.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

namespace silenda {

bool has_sha_instructions() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & bit_SHA) != 0 &&
         __builtin_cpu_supports("sse4.1") && __builtin_cpu_supports("ssse3");
}

namespace {

__attribute__((target("sha,sse4.1,ssse3"))) inline __m128i four_words(const std::uint8_t* bytes) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  return _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes)), big_endian);
}

}  // namespace

// The instructions want the state as (a b e f) and (c d g h).
__attribute__((target("sha,sse4.1,ssse3"))) void sha256_blocks_sha_ni(std::uint32_t* state,
                                                                      const std::uint8_t* blocks,
                                                                      std::size_t count) {
  auto* halves = reinterpret_cast<__m128i*>(state);
  const __m128i abcd = _mm_shuffle_epi32(_mm_loadu_si128(halves), 0xb1);
  const __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128(halves + 1), 0x1b);
  __m128i abef = _mm_alignr_epi8(abcd, efgh, 8);
  __m128i cdgh = _mm_blend_epi16(efgh, abcd, 0xf0);
  for (; count > 0; count--, blocks += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    __m128i words[4] = {four_words(blocks), four_words(blocks + 16), four_words(blocks + 32),
                        four_words(blocks + 48)};
#pragma GCC unroll 16
    for (int i = 0; i < 16; i++) {
      const __m128i current = words[i % 4];
      const __m128i keyed = _mm_add_epi32(
          current, _mm_load_si128(reinterpret_cast<const __m128i*>(kSha256Rounds + 4 * i)));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, keyed);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(keyed, 0x0e));
      if (i < 12) {
        const __m128i last = words[(i + 3) % 4];
        const __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(current, words[(i + 1) % 4]),
                                          _mm_alignr_epi8(last, words[(i + 2) % 4], 4));
        words[i % 4] = _mm_sha256msg2_epu32(sum, last);
      }
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  const __m128i feba = _mm_shuffle_epi32(abef, 0x1b);
  const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128(halves, _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128(halves + 1, _mm_alignr_epi8(dchg, feba, 8));
}

}  // namespace silenda

#else

namespace silenda {

bool has_sha_instructions() { return false; }

void sha256_blocks_sha_ni(std::uint32_t* state, const std::uint8_t* blocks, std::size_t count) {
  sha256_blocks_portable(state, blocks, count);
}

}  // namespace silenda

#endif
