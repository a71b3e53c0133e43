#include "fast/key_stream.h"

#include <bit>
#include <cstring>

#include "fast/ring.h"

namespace silenda::fast {

using kernels::kPackedWords;

static_assert(std::endian::native == std::endian::little, "residues are cut out of words");

namespace {

/// Far enough ahead for memory to answer.
constexpr std::size_t kPrefetchGroups = 8;

/// One group, and nothing behind it: what a store writes beyond a residue is overwritten by the next one, and the last
/// store ends where the group does.
template <std::size_t Width>
void pack_group(const std::uint64_t* words, std::uint8_t* out) {
  constexpr std::size_t last = kPackedWords * Width - sizeof(std::uint64_t);
  std::uint64_t end = 0;
  for (std::size_t k = 0; k < kPackedWords; ++k) {
    end = end >> (8 * Width) | words[k] << (64 - 8 * Width);
    if (k * Width <= last) {
      std::memcpy(out + k * Width, words + k, sizeof(std::uint64_t));
    }
  }
  std::memcpy(out + last, &end, sizeof end);
}

/// Polynomials that lie together, from their first group on.
struct Groups {
  std::initializer_list<const std::uint64_t*> polynomials;
  std::size_t degree;
  std::uint8_t* first;
  std::size_t stride;
};

template <std::size_t Width>
void pack_groups(const Groups& to) {
  std::uint8_t* group = to.first;
  for (std::size_t begin = 0; begin < to.degree; begin += kPackedWords, group += to.stride) {
    __builtin_prefetch(group + kPrefetchGroups * to.stride, 1);
    std::uint8_t* out = group;
    for (const std::uint64_t* words : to.polynomials) {
      pack_group<Width>(words + begin, out);
      out += kPackedWords * Width;
    }
  }
}

/// By width: primes have less than 50 bits.
constexpr void (*kPackGroups[])(const Groups&) = {nullptr,        pack_groups<1>, pack_groups<2>, pack_groups<3>,
                                                  pack_groups<4>, pack_groups<5>, pack_groups<6>, pack_groups<7>};

}  // namespace

KeyStream::KeyStream(const Ring& ring, std::size_t digits, int level)
    : digits_(digits), degree_(ring.degree()), primes_(ring.first_special() + ring.special_count()) {
  std::size_t size = 0;
  for (std::size_t prime = 0; prime < primes_.size(); ++prime) {
    if (prime <= static_cast<std::size_t>(level) || prime >= ring.first_special()) {
      primes_[prime] = {size, (static_cast<std::size_t>(std::bit_width(ring.modulus(prime))) + 7) / 8};
      size += 2 * digits_ * ring.degree() * primes_[prime].width;
    }
  }
  bytes_.resize(size + kernels::kPackedPadding);
}

std::size_t KeyStream::offset(std::size_t digit, std::size_t polynomial, std::size_t prime) const {
  return primes_[prime].offset + (2 * digit + polynomial) * kPackedWords * primes_[prime].width;
}

void KeyStream::pack(std::size_t digit, std::size_t prime, std::initializer_list<const std::uint64_t*> polynomials,
                     std::size_t first) {
  kPackGroups[primes_[prime].width]({polynomials, degree_, bytes_.data() + offset(digit, first, prime), stride(prime)});
}

void KeyStream::interleave(std::span<const KeyStream> digits) {
  for (std::size_t prime = 0; prime < primes_.size(); ++prime) {
    const std::size_t size = 2 * kPackedWords * primes_[prime].width;
    std::uint8_t* out = bytes_.data() + primes_[prime].offset;
    for (std::size_t begin = 0; size != 0 && begin < degree_; begin += kPackedWords) {
      for (const KeyStream& digit : digits) {
        std::memcpy(out, digit.bytes_.data() + digit.primes_[prime].offset + begin / kPackedWords * size, size);
        out += size;
      }
    }
  }
}

kernels::PackedPairs KeyStream::pairs(std::size_t prime) const {
  return {bytes_.data() + primes_[prime].offset, primes_[prime].width, stride(prime)};
}

void KeyStream::unpack(std::size_t digit, std::size_t polynomial, std::size_t prime, std::uint64_t* out) const {
  const std::size_t width = primes_[prime].width;
  const std::uint64_t mask = (std::uint64_t{1} << (8 * width)) - 1;
  const std::uint8_t* group = bytes_.data() + offset(digit, polynomial, prime);
  for (std::size_t begin = 0; begin < degree_; begin += kPackedWords, group += stride(prime)) {
    for (std::size_t k = 0; k < kPackedWords; ++k) {
      std::memcpy(out + begin + k, group + k * width, sizeof(std::uint64_t));
      out[begin + k] &= mask;
    }
  }
}

}  // namespace silenda::fast
