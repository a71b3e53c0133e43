#pragma once

#include <array>
#include <stdexcept>

#include "fast/workspace.h"
#include "seal/util/common.h"

namespace silenda {

/// Scratch memory of this thread for secrets: as Workspace::Frame, cleared when it goes back.
class SecretFrame {
 public:
  SecretFrame() = default;
  ~SecretFrame() {
    for (std::size_t i = 0; i < count_; ++i) {
      seal::util::seal_memzero(pieces_[i].words, pieces_[i].size * sizeof(std::uint64_t));
    }
  }

  /// Uninitialized elements, of a word each.
  template <class T>
  T* take(std::size_t size) {
    static_assert(sizeof(T) == sizeof(std::uint64_t));
    if (count_ == pieces_.size()) {
      throw std::logic_error("a frame of secrets has no further piece");
    }
    std::uint64_t* words = frame_.take(size);
    pieces_[count_++] = {words, size};
    return reinterpret_cast<T*>(words);
  }

 private:
  struct Piece {
    std::uint64_t* words;
    std::size_t size;
  };

  /// SEAL has at most 64 primes.
  static constexpr std::size_t kMaxPieces = 68;

  fast::Workspace::Frame frame_;
  std::array<Piece, kMaxPieces> pieces_;
  std::size_t count_ = 0;
};

}  // namespace silenda
