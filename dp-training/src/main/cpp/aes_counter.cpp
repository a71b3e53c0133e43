#include "aes_counter.h"

#include <cstring>
#include <smmintrin.h>
#include <wmmintrin.h>

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

}  // namespace

AesCounter::AesCounter(const uint8_t key[kKeyBytes]) {
  round_keys_[0] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(key));
  round_keys_[1] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(key + 16));
  expand<2>(round_keys_);
}

AesCounter::~AesCounter() { wipe(round_keys_, sizeof round_keys_); }

void AesCounter::blocks(uint64_t first, size_t count, uint8_t* out) const {
  for (size_t done = 0; done < count; done += kLanes) {
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
