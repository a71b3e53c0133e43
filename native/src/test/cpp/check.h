#pragma once

#include <cstdint>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace silenda::test {

using Words = std::vector<std::uint64_t>;

/// Fails the run with what was compared, the seed included.
inline void check(bool condition, const std::string& what) {
  if (!condition) {
    throw std::runtime_error("check failed: " + what);
  }
}

inline Words random_words(std::mt19937_64& random, std::size_t size, std::uint64_t bound) {
  Words words(size);
  for (auto& word : words) {
    // The largest and smallest residues are the likeliest to go wrong.
    const std::uint64_t kind = random() % 16;
    word = kind == 0 ? bound - 1 : kind == 1 ? 0 : random() % bound;
  }
  return words;
}

}  // namespace silenda::test
