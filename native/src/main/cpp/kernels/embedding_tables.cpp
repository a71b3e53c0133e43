#include "kernels/embedding_tables.h"

#include <cmath>

namespace silenda::kernels {
namespace {

/// The tree of X^n - i, n being the slots, whose nodes are X^k - c: the left child of a node is X^(k/2) - w with
/// w^2 = c, the right one X^(k/2) + w. Numbers are those of a heap, c is this power of the 2N-th root of unity.
std::vector<std::uint32_t> exponents(std::size_t slots) {
  std::vector<std::uint32_t> result(2 * slots);
  result[1] = static_cast<std::uint32_t>(slots);
  for (std::size_t node = 1; node < slots; ++node) {
    result[2 * node] = result[node] / 2;
    result[2 * node + 1] = result[node] / 2 + static_cast<std::uint32_t>(2 * slots);
  }
  return result;
}

/// The 2N-th root of unity to a power, each part rounded once.
void write_root(std::uint32_t exponent, std::size_t slots, double* real, double* imaginary) {
  const long double angle = std::acos(-1.0L) * static_cast<long double>(exponent) / static_cast<long double>(2 * slots);
  *real = static_cast<double>(std::cos(angle));
  *imaginary = static_cast<double>(std::sin(angle));
}

}  // namespace

OwnedEmbeddingTables::OwnedEmbeddingTables(const KernelSet& kernels, int log2_degree)
    : tables_{log2_degree - 1, nullptr, nullptr} {
  const std::size_t slots = std::size_t{1} << tables_.log2_slots;
  const std::size_t lanes = kernels.embedding_lanes;
  const std::vector<std::uint32_t> nodes = exponents(slots);
  roots_.resize(2 * slots);
  for (std::size_t node = 1; node < slots; ++node) {
    write_root(nodes[2 * node], slots, &roots_[2 * node], &roots_[2 * node + 1]);
  }
  for (std::size_t first = slots / lanes; first < 2 * slots / lanes; first += lanes) {
    for (std::size_t groups = 1; groups < lanes; groups *= 2) {
      for (std::size_t group = 0; group < groups; ++group) {
        for (std::size_t part = 0; part < 2; ++part) {
          for (std::size_t lane = 0; lane < lanes; ++lane) {
            tile_roots_.push_back(roots_[2 * ((first + lane) * groups + group) + part]);
          }
        }
      }
    }
  }
  std::vector<std::uint32_t> position_of(4 * slots);
  for (std::size_t leaf = 0; leaf < slots; ++leaf) {
    const std::size_t in_tile = leaf % (lanes * lanes);
    const std::size_t position = leaf - in_tile + in_tile % lanes * lanes + in_tile / lanes;
    position_of[nodes[slots + leaf]] = static_cast<std::uint32_t>(position);
    // The leaves are all powers that are 1 modulo 4; the others are their conjugates.
    position_of[4 * slots - nodes[slots + leaf]] = static_cast<std::uint32_t>(position);
  }
  for (std::size_t slot = 0, power = 1; slot < slots; ++slot, power = power * 3 % (4 * slots)) {
    positions_.push_back(position_of[power]);
  }
  tables_.roots = roots_.data();
  tables_.tile_roots = tile_roots_.data();
}

}  // namespace silenda::kernels
