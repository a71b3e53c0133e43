#pragma once

#include <algorithm>
#include <array>
#include <optional>

#include "context.h"

namespace silenda {

/// Bytes that a generator seed takes on the wire.
constexpr std::size_t kSeedBytes = seal::prng_seed_byte_count;

struct Plaintext {
  ContextPtr context;
  seal::Plaintext data;

  ~Plaintext() {
    // What was moved away has no words left.
    if (data.data() != nullptr) {
      seal::util::seal_memzero(data.data(), data.coeff_count() * sizeof(std::uint64_t));
    }
  }
};

struct Ciphertext {
  ContextPtr context;
  seal::Ciphertext data;
  /// The second polynomial expands from this seed: present only in a fresh symmetric encryption.
  std::optional<seal::prng_seed_type> seed = std::nullopt;
};

struct SecretKey {
  ContextPtr context;
  seal::SecretKey data;

  std::uint64_t* words() { return data.data().data(); }
  std::size_t word_count() const { return data.data().coeff_count(); }
  bool is_wiped() const {
    const std::uint64_t* begin = data.data().data();
    return begin == nullptr ||
           std::all_of(begin, begin + word_count(), [](std::uint64_t word) { return word == 0; });
  }
  void wipe() {
    if (words() != nullptr) {
      seal::util::seal_memzero(words(), word_count() * sizeof(std::uint64_t));
    }
  }
  ~SecretKey() { wipe(); }
};

struct PublicKey {
  ContextPtr context;
  seal::PublicKey data;
  /// The second polynomial expands from this seed.
  seal::prng_seed_type seed;
};

}  // namespace silenda
