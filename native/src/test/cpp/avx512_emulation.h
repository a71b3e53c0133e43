#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

/// The AVX-512 instructions that kernels/avx512ifma.cpp uses, as Intel's manual defines them, in portable C++: with them
/// the very same source is tested on processors that lack the instructions. Names are those of immintrin.h.

namespace silenda::test::avx512 {

__extension__ typedef unsigned __int128 Wide;

struct Lanes {
  std::array<std::uint64_t, 8> lane;
};

template <typename Function>
Lanes each(Function function) {
  Lanes result{};
  for (std::size_t i = 0; i < 8; ++i) {
    result.lane[i] = function(i);
  }
  return result;
}

/// The product of the lowest 52 bits of each operand.
inline Wide product52(const Lanes& a, const Lanes& b, std::size_t i) {
  constexpr std::uint64_t kMask = (std::uint64_t{1} << 52) - 1;
  return Wide{a.lane[i] & kMask} * (b.lane[i] & kMask);
}

}  // namespace silenda::test::avx512

using __m512i = silenda::test::avx512::Lanes;

inline __m512i _mm512_loadu_si512(const void* source) {
  __m512i result;
  std::memcpy(&result, source, sizeof(result));
  return result;
}
inline void _mm512_storeu_si512(void* out, const __m512i& v) { std::memcpy(out, &v, sizeof(v)); }
inline __m512i _mm512_set1_epi64(long long value) {
  return silenda::test::avx512::each([=](std::size_t) { return static_cast<std::uint64_t>(value); });
}
inline __m512i _mm512_setzero_si512() { return _mm512_set1_epi64(0); }
inline __m512i _mm512_add_epi64(const __m512i& a, const __m512i& b) {
  return silenda::test::avx512::each([&](std::size_t i) { return a.lane[i] + b.lane[i]; });
}
inline __m512i _mm512_sub_epi64(const __m512i& a, const __m512i& b) {
  return silenda::test::avx512::each([&](std::size_t i) { return a.lane[i] - b.lane[i]; });
}
inline __m512i _mm512_and_si512(const __m512i& a, const __m512i& b) {
  return silenda::test::avx512::each([&](std::size_t i) { return a.lane[i] & b.lane[i]; });
}
inline __m512i _mm512_min_epu64(const __m512i& a, const __m512i& b) {
  return silenda::test::avx512::each([&](std::size_t i) { return std::min(a.lane[i], b.lane[i]); });
}
inline __m512i _mm512_srli_epi64(const __m512i& a, unsigned bits) {
  return silenda::test::avx512::each([&](std::size_t i) { return bits > 63 ? 0 : a.lane[i] >> bits; });
}
inline __m512i _mm512_madd52lo_epu64(const __m512i& sum, const __m512i& a, const __m512i& b) {
  using silenda::test::avx512::product52;
  return silenda::test::avx512::each([&](std::size_t i) {
    return sum.lane[i] + (static_cast<std::uint64_t>(product52(a, b, i)) & ((std::uint64_t{1} << 52) - 1));
  });
}
inline __m512i _mm512_madd52hi_epu64(const __m512i& sum, const __m512i& a, const __m512i& b) {
  using silenda::test::avx512::product52;
  return silenda::test::avx512::each(
      [&](std::size_t i) { return sum.lane[i] + static_cast<std::uint64_t>(product52(a, b, i) >> 52); });
}
inline __m512i _mm512_permutexvar_epi64(const __m512i& index, const __m512i& a) {
  return silenda::test::avx512::each([&](std::size_t i) { return a.lane[index.lane[i] & 7]; });
}
/// Within each 128-bit quarter: the lower words of a and b.
inline __m512i _mm512_unpacklo_epi64(const __m512i& a, const __m512i& b) {
  return silenda::test::avx512::each([&](std::size_t i) { return i % 2 == 0 ? a.lane[i] : b.lane[i - 1]; });
}
inline __m512i _mm512_unpackhi_epi64(const __m512i& a, const __m512i& b) {
  return silenda::test::avx512::each([&](std::size_t i) { return i % 2 == 0 ? a.lane[i + 1] : b.lane[i]; });
}
/// Quarters 0 and 1 of the result are quarters of a, 2 and 3 of b, each chosen by two bits of the control.
inline __m512i _mm512_shuffle_i64x2(const __m512i& a, const __m512i& b, int control) {
  return silenda::test::avx512::each([&](std::size_t i) {
    const std::size_t quarter = i / 2;
    const auto chosen = static_cast<std::size_t>(control >> (2 * quarter)) & 3;
    return (quarter < 2 ? a : b).lane[2 * chosen + i % 2];
  });
}
/// Byte i of the result is the byte of a that the low six bits of byte i of the index name, or zero without its mask bit.
inline __m512i _mm512_maskz_permutexvar_epi8(std::uint64_t mask, const __m512i& index, const __m512i& a) {
  std::uint8_t from[64], chosen[64], result[64];
  std::memcpy(from, &a, sizeof from);
  std::memcpy(chosen, &index, sizeof chosen);
  for (std::size_t i = 0; i < 64; ++i) {
    result[i] = (mask >> i & 1) != 0 ? from[chosen[i] & 63] : std::uint8_t{0};
  }
  return _mm512_loadu_si512(result);
}
