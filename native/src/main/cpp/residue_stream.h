#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace silenda {

/// Polynomials modulo one prime as kernels::PackedDotRequest reads them from memory: in one stream, each residue in as
/// few bytes as hold the prime.
class ResidueStream {
 public:
  /// Canonical residues; the degree is a multiple of kernels::kPackedWords.
  ResidueStream(const std::vector<const std::uint64_t*>& polynomials, std::size_t degree, std::uint64_t modulus);

  /// Bytes of a residue.
  std::size_t width() const { return width_; }
  /// Where that word of the first polynomial lies: a multiple of kernels::kPackedWords.
  const std::uint8_t* at(std::size_t word) const { return bytes_.data() + word * count_ * width_; }
  void unpack(std::size_t polynomial, std::uint64_t* out) const;
  std::size_t bytes() const { return bytes_.size(); }

 private:
  std::size_t count_;
  std::size_t degree_;
  std::size_t width_;
  std::vector<std::uint8_t> bytes_;
};

}  // namespace silenda
