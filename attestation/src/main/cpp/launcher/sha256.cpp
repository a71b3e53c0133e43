#include "sha256.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "sha256_blocks.h"

namespace silenda {

Sha256::Sha256(Code code)
    : compress_(code == Code::kBest && has_sha_instructions() ? sha256_blocks_sha_ni
                                                              : sha256_blocks_portable),
      state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
             0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19} {}

void Sha256::update(const void* data, std::size_t size) {
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  total_size_ += size;
  if (pending_size_ > 0) {
    const std::size_t taken = std::min(size, pending_.size() - pending_size_);
    std::memcpy(pending_.data() + pending_size_, bytes, taken);
    pending_size_ += taken;
    bytes += taken;
    size -= taken;
    if (pending_size_ < pending_.size()) {
      return;
    }
    compress_(state_.data(), pending_.data(), 1);
    pending_size_ = 0;
  }
  compress_(state_.data(), bytes, size / 64);
  pending_size_ = size % 64;
  std::memcpy(pending_.data(), bytes + size - pending_size_, pending_size_);
}

Sha256::Digest Sha256::finish() {
  const std::uint64_t bits = total_size_ * 8;
  std::array<std::uint8_t, 72> padding{0x80};
  const std::size_t zeros = (pending_size_ < 56 ? 56 : 120) - pending_size_;
  std::array<std::uint8_t, 8> length{};
  for (std::size_t i = 0; i < length.size(); i++) {
    length[i] = static_cast<std::uint8_t>(bits >> (56 - 8 * i));
  }
  update(padding.data(), zeros);
  update(length.data(), length.size());
  Digest digest{};
  for (std::size_t i = 0; i < digest.size(); i++) {
    digest[i] = static_cast<std::uint8_t>(state_[i / 4] >> (24 - 8 * (i % 4)));
  }
  return digest;
}

std::string hex(const Sha256::Digest& digest) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : digest) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace silenda
