#include "fast/key_stream.h"

#include <bit>
#include <cstring>

#include "fast/ring.h"

namespace silenda::fast {

using kernels::kPackedWords;

static_assert(std::endian::native == std::endian::little, "residues are cut out of words");

KeyStream::KeyStream(const Ring& ring, const std::vector<seal::PublicKey>& digits, int level)
    : digits_(digits.size()), degree_(ring.degree()), primes_(ring.first_special() + ring.special_count()) {
  std::size_t size = 0;
  for (std::size_t prime = 0; prime < primes_.size(); ++prime) {
    if (prime <= static_cast<std::size_t>(level) || prime >= ring.first_special()) {
      primes_[prime] = {size, (static_cast<std::size_t>(std::bit_width(ring.modulus(prime))) + 7) / 8};
      size += 2 * digits_ * ring.degree() * primes_[prime].width;
    }
  }
  bytes_.resize(size + kernels::kPackedPadding);
  for (std::size_t prime = 0; prime < primes_.size(); ++prime) {
    std::uint8_t* out = bytes_.data() + primes_[prime].offset;
    for (std::size_t begin = 0; primes_[prime].width != 0 && begin < ring.degree(); begin += kPackedWords) {
      for (std::size_t i = 0; i < 2 * digits_; ++i) {
        const std::uint64_t* words = digits[i / 2].data().data(i % 2) + prime * ring.degree() + begin;
        for (std::size_t k = 0; k < kPackedWords; ++k, out += primes_[prime].width) {
          // What is beyond the residue is zero, and overwritten by the next one.
          std::memcpy(out, words + k, sizeof(std::uint64_t));
        }
      }
    }
  }
}

kernels::PackedPairs KeyStream::pairs(std::size_t prime) const {
  const OfPrime& of_prime = primes_[prime];
  return {bytes_.data() + of_prime.offset, of_prime.width, 2 * digits_ * kPackedWords * of_prime.width};
}

void KeyStream::unpack(std::size_t digit, std::size_t polynomial, std::size_t prime, std::uint64_t* out) const {
  const kernels::PackedPairs packed = pairs(prime);
  const std::uint8_t* group = packed.bytes + (2 * digit + polynomial) * kPackedWords * packed.width;
  for (std::size_t begin = 0; begin < degree_; begin += kPackedWords, group += packed.stride) {
    for (std::size_t k = 0; k < kPackedWords; ++k) {
      out[begin + k] = 0;
      std::memcpy(out + begin + k, group + k * packed.width, packed.width);
    }
  }
}

}  // namespace silenda::fast
