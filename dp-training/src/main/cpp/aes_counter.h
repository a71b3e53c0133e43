// AES-256 in counter mode (FIPS 197, SP 800-38A), on the processor's own instructions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <emmintrin.h>

namespace silenda::dp {

class AesCounter {
 public:
  static constexpr size_t kKeyBytes = 32;
  static constexpr size_t kBlockBytes = 16;
  static constexpr int kRounds = 14;

  explicit AesCounter(const uint8_t key[kKeyBytes]);
  // Wipes the round keys.
  ~AesCounter();
  AesCounter(const AesCounter&) = delete;
  AesCounter& operator=(const AesCounter&) = delete;

  // Blocks first, first + 1, ... of the key stream whose counter begins at zero.
  void blocks(uint64_t first, size_t count, uint8_t* out) const;

 private:
  const bool wide_;
  __m128i round_keys_[kRounds + 1];
};

// A write that the compiler may not leave out.
void wipe(void* memory, size_t bytes);

}  // namespace silenda::dp
