#include "residue_stream.h"

#include <bit>
#include <cstring>

#include "kernels/kernel_set.h"

namespace silenda {

using kernels::kPackedWords;

static_assert(std::endian::native == std::endian::little, "residues are cut out of words");

ResidueStream::ResidueStream(const std::vector<const std::uint64_t*>& polynomials, std::size_t degree,
                             std::uint64_t modulus)
    : count_(polynomials.size()),
      degree_(degree),
      width_((static_cast<std::size_t>(std::bit_width(modulus)) + 7) / 8),
      bytes_(count_ * degree * width_ + kernels::kPackedPadding) {
  std::uint8_t* out = bytes_.data();
  for (std::size_t begin = 0; begin < degree; begin += kPackedWords) {
    for (const std::uint64_t* polynomial : polynomials) {
      for (std::size_t i = 0; i < kPackedWords; ++i, out += width_) {
        // What is beyond the residue is zero, and overwritten by the next one.
        std::memcpy(out, polynomial + begin + i, sizeof(std::uint64_t));
      }
    }
  }
}

void ResidueStream::unpack(std::size_t polynomial, std::uint64_t* out) const {
  for (std::size_t word = 0; word < degree_; ++word) {
    const std::size_t in_block = word % kPackedWords;
    const std::size_t index = (word - in_block) * count_ + polynomial * kPackedWords + in_block;
    out[word] = 0;
    std::memcpy(out + word, bytes_.data() + index * width_, width_);
  }
}

}  // namespace silenda
