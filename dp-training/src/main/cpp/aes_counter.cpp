#include "aes_counter.h"

#include <cstring>
#include <immintrin.h>

namespace silenda::dp {
namespace {

constexpr size_t kLanes = 8;

__m128i prefix_xor(__m128i key) {
  key = _mm_xor_si128(key, _mm_slli_si128(key, 4));
  return _mm_xor_si128(key, _mm_slli_si128(key, 8));
}

template <int constant>
__m128i next_even(__m128i before, __m128i last) {
  return _mm_xor_si128(prefix_xor(before), _mm_shuffle_epi32(_mm_aeskeygenassist_si128(last, constant), 0xff));
}

__m128i next_odd(__m128i before, __m128i last) {
  return _mm_xor_si128(prefix_xor(before), _mm_shuffle_epi32(_mm_aeskeygenassist_si128(last, 0), 0xaa));
}

template <int round>
void expand(__m128i* keys) {
  if constexpr (round <= 14) {
    keys[round] = next_even<1 << (round / 2 - 1)>(keys[round - 2], keys[round - 1]);
    if constexpr (round < 14) {
      keys[round + 1] = next_odd(keys[round - 1], keys[round]);
    }
    expand<round + 2>(keys);
  }
}

// The counter is a number of 128 bits, most significant byte first.
__m128i counter_block(uint64_t counter) {
  return _mm_set_epi64x(static_cast<int64_t>(__builtin_bswap64(counter)), 0);
}

// Two blocks an instruction, on processors that can: writes whole groups of 2 kLanes blocks, and returns how many blocks.
__attribute__((target("avx2,vaes"))) size_t wide_blocks(const __m128i* keys, uint64_t first, size_t count,
                                                        uint8_t* out) {
  const __m256i reversed = _mm256_set_epi8(8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
                                           15, 0, 1, 2, 3, 4, 5, 6, 7);
  const int64_t start = static_cast<int64_t>(first);
  __m256i counter = _mm256_set_epi64x(start + 1, 0, start, 0);
  const __m256i two = _mm256_set_epi64x(2, 0, 2, 0);
  size_t done = 0;
  for (; done + 2 * kLanes <= count; done += 2 * kLanes) {
    __m256i state[kLanes];
    __m256i key = _mm256_broadcastsi128_si256(keys[0]);
    for (auto& each : state) {
      each = _mm256_xor_si256(_mm256_shuffle_epi8(counter, reversed), key);
      counter = _mm256_add_epi64(counter, two);
    }
    for (int round = 1; round < AesCounter::kRounds; round++) {
      key = _mm256_broadcastsi128_si256(keys[round]);
      for (auto& each : state) {
        each = _mm256_aesenc_epi128(each, key);
      }
    }
    key = _mm256_broadcastsi128_si256(keys[AesCounter::kRounds]);
    for (size_t i = 0; i < kLanes; i++) {
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + (done + 2 * i) * AesCounter::kBlockBytes),
                          _mm256_aesenclast_epi128(state[i], key));
    }
  }
  return done;
}

}  // namespace

AesCounter::AesCounter(const uint8_t key[kKeyBytes])
    : wide_(__builtin_cpu_supports("avx2") && __builtin_cpu_supports("vaes")) {
  round_keys_[0] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(key));
  round_keys_[1] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(key + 16));
  expand<2>(round_keys_);
}

AesCounter::~AesCounter() { wipe(round_keys_, sizeof round_keys_); }

void AesCounter::blocks(uint64_t first, size_t count, uint8_t* out) const {
  size_t done = wide_ ? wide_blocks(round_keys_, first, count, out) : 0;
  for (; done < count; done += kLanes) {
    __m128i state[kLanes];
    for (size_t i = 0; i < kLanes; i++) {
      state[i] = _mm_xor_si128(counter_block(first + done + i), round_keys_[0]);
    }
    for (int round = 1; round < kRounds; round++) {
      for (size_t i = 0; i < kLanes; i++) {
        state[i] = _mm_aesenc_si128(state[i], round_keys_[round]);
      }
    }
    for (size_t i = 0; i < kLanes; i++) {
      state[i] = _mm_aesenclast_si128(state[i], round_keys_[kRounds]);
    }
    size_t blocks = count - done < kLanes ? count - done : kLanes;
    std::memcpy(out + done * kBlockBytes, state, blocks * kBlockBytes);
  }
}

void wipe(void* memory, size_t bytes) {
  std::memset(memory, 0, bytes);
  __asm__ __volatile__("" : : "r"(memory) : "memory");
}

}  // namespace silenda::dp
