#include "kernels/ntt_tables.h"

#include <bit>

namespace silenda::kernels {
namespace {

__extension__ typedef unsigned __int128 Wide;

std::size_t reverse_bits(std::size_t value, int bits) {
  std::size_t result = 0;
  for (int i = 0; i < bits; ++i) {
    result = (result << 1) | ((value >> i) & 1);
  }
  return result;
}

/// Powers of the root, power e at the place that e's reversed bits name.
std::vector<std::uint64_t> reversed_powers(std::uint64_t root, std::uint64_t modulus, int log2_degree) {
  std::vector<std::uint64_t> powers(std::size_t{1} << log2_degree);
  std::uint64_t power = 1;
  for (std::size_t i = 0; i < powers.size(); ++i) {
    powers[reverse_bits(i, log2_degree)] = power;
    power = multiply_mod(power, root, modulus);
  }
  return powers;
}

/// Appends what NttTables calls roots and vectors.
class Writer {
 public:
  Writer(const KernelSet& kernels, std::uint64_t modulus, std::vector<std::uint64_t>& words)
      : lanes_(kernels.lanes), make_root_(kernels.make_root), modulus_(modulus), words_(words) {}

  std::size_t add_pairs(const std::vector<std::uint64_t>& roots) {
    const std::size_t start = words_.size();
    for (std::size_t i = 0; i < roots.size() / lanes_; ++i) {
      words_.resize(words_.size() + 2);
      make_root_(roots[i], modulus_, &words_[words_.size() - 2]);
    }
    return start;
  }

  std::size_t add_vectors(const std::vector<std::uint64_t>& roots) {
    const std::size_t start = words_.size();
    const std::size_t rows = roots.size() / lanes_;
    for (std::size_t first_row = 0; first_row < rows; first_row += lanes_) {
      for (std::size_t groups = 1; groups < lanes_; groups *= 2) {
        for (std::size_t group = 0; group < groups; ++group) {
          add_vector(roots, (rows + first_row) * groups + group, groups);
        }
      }
    }
    return start;
  }

 private:
  void add_vector(const std::vector<std::uint64_t>& roots, std::size_t index, std::size_t step) {
    const std::size_t at = words_.size();
    words_.resize(at + 2 * lanes_);
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      std::uint64_t pair[2];
      make_root_(roots[index + lane * step], modulus_, pair);
      words_[at + lane] = pair[0];
      words_[at + lanes_ + lane] = pair[1];
    }
  }

  std::size_t lanes_;
  void (*make_root_)(std::uint64_t, std::uint64_t, std::uint64_t*);
  std::uint64_t modulus_;
  std::vector<std::uint64_t>& words_;
};

}  // namespace

std::uint64_t multiply_mod(std::uint64_t a, std::uint64_t b, std::uint64_t modulus) {
  return static_cast<std::uint64_t>(Wide{a} * b % modulus);
}

std::uint64_t invert_mod(std::uint64_t value, std::uint64_t prime) {
  std::uint64_t result = 1;
  std::uint64_t power = value % prime;
  for (std::uint64_t exponent = prime - 2; exponent != 0; exponent >>= 1) {
    if ((exponent & 1) != 0) {
      result = multiply_mod(result, power, prime);
    }
    power = multiply_mod(power, power, prime);
  }
  return result;
}

OwnedNttTables::OwnedNttTables(const KernelSet& kernels, int log2_degree, std::uint64_t modulus, std::uint64_t root)
    : tables_{} {
  const auto forward = reversed_powers(root, modulus, log2_degree);
  const auto inverse = reversed_powers(invert_mod(root, modulus), modulus, log2_degree);
  Writer writer(kernels, modulus, words_);
  const std::size_t forward_roots = writer.add_pairs(forward);
  const std::size_t inverse_roots = writer.add_pairs(inverse);
  const std::size_t forward_vectors = writer.add_vectors(forward);
  const std::size_t inverse_vectors = writer.add_vectors(inverse);
  words_.shrink_to_fit();
  tables_ = {modulus,
             log2_degree,
             words_.data() + forward_roots,
             words_.data() + inverse_roots,
             words_.data() + forward_vectors,
             words_.data() + inverse_vectors,
             {},
             {}};
  const std::uint64_t inverse_degree = invert_mod(std::uint64_t{1} << log2_degree, modulus);
  kernels.make_root(inverse_degree, modulus, tables_.inverse_degree);
  kernels.make_root(multiply_mod(inverse[1], inverse_degree, modulus), modulus, tables_.scaled_inverse_root);
}

}  // namespace silenda::kernels
