#pragma once

#include <cstdint>

namespace silenda::oblivious {

/// An unsigned word that no branch and no address may depend on: it turns into neither a condition nor an index.
/// Whoever needs the bare word says so with declassify().
template <typename Word>
class Secret {
 public:
  constexpr explicit Secret(Word value) : value_(value) {}

  constexpr Word declassify() const { return value_; }

  constexpr Secret operator~() const { return Secret(static_cast<Word>(~value_)); }
  constexpr Secret operator-() const { return Secret(static_cast<Word>(Word{0} - value_)); }
  constexpr Secret operator<<(int bits) const { return Secret(static_cast<Word>(value_ << bits)); }
  constexpr Secret operator>>(int bits) const { return Secret(static_cast<Word>(value_ >> bits)); }

  friend constexpr Secret operator&(Secret a, Secret b) { return Secret(static_cast<Word>(a.value_ & b.value_)); }
  friend constexpr Secret operator|(Secret a, Secret b) { return Secret(static_cast<Word>(a.value_ | b.value_)); }
  friend constexpr Secret operator^(Secret a, Secret b) { return Secret(static_cast<Word>(a.value_ ^ b.value_)); }
  friend constexpr Secret operator-(Secret a, Secret b) { return Secret(static_cast<Word>(a.value_ - b.value_)); }

 private:
  Word value_;
};

using Secret32 = Secret<std::uint32_t>;
using Secret64 = Secret<std::uint64_t>;

/// The word, of which the compiler may no longer assume anything: so it makes no branch of a mask.
template <typename Word>
inline Secret<Word> opaque(Secret<Word> secret) {
  Word value = secret.declassify();
  __asm__("" : "+r"(value));
  return Secret<Word>(value);
}

/// All ones where the top bit is set, else zero.
template <typename Word>
inline Secret<Word> top_bit_mask(Secret<Word> a) {
  return opaque(-(a >> (8 * sizeof(Word) - 1)));
}

/// All ones where a < b (Warren, Hacker's Delight, section 2-12), else zero.
template <typename Word>
inline Secret<Word> less(Secret<Word> a, Secret<Word> b) {
  return top_bit_mask((~a & b) | (~(a ^ b) & (a - b)));
}

/// All ones where a == b, else zero.
template <typename Word>
inline Secret<Word> equal(Secret<Word> a, Secret<Word> b) {
  const Secret<Word> difference = a ^ b;
  return ~top_bit_mask(difference | -difference);
}

/// a where the mask is ones, b where it is zero.
template <typename Word>
inline Secret<Word> select(Secret<Word> mask, Secret<Word> a, Secret<Word> b) {
  return b ^ (mask & (a ^ b));
}

}  // namespace silenda::oblivious
