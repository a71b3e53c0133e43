#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace silenda {

/// SHA-256 (FIPS 180-4), on the processor's SHA instructions where it has them.
class Sha256 {
 public:
  using Digest = std::array<std::uint8_t, 32>;

  /// Which code computes; tests compare both.
  enum class Code { kBest, kPortable };

  explicit Sha256(Code code = Code::kBest);

  void update(const void* data, std::size_t size);
  Digest finish();

 private:
  using Compress = void (*)(std::uint32_t* state, const std::uint8_t* blocks, std::size_t count);

  Compress compress_;
  std::array<std::uint32_t, 8> state_;
  std::array<std::uint8_t, 64> pending_{};
  std::size_t pending_size_ = 0;
  std::uint64_t total_size_ = 0;
};

std::string hex(const Sha256::Digest& digest);

}  // namespace silenda
