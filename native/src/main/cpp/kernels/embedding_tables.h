#pragma once

#include <vector>

#include "kernels/kernel_set.h"

namespace silenda::kernels {

/// Owns the tables of the canonical embedding at one degree for one kernel set. Immutable.
class OwnedEmbeddingTables {
 public:
  OwnedEmbeddingTables(const KernelSet& kernels, int log2_degree);

  OwnedEmbeddingTables(OwnedEmbeddingTables&&) = default;
  OwnedEmbeddingTables(const OwnedEmbeddingTables&) = delete;

  const EmbeddingTables& tables() const { return tables_; }
  /// Where the kernels keep a slot: in SEAL's order, in which slot j is the value at the 2N-th root to the power of 3^j,
  /// or the conjugate of the value there.
  std::size_t position(std::size_t slot) const { return positions_[slot]; }

 private:
  EmbeddingTables tables_;
  std::vector<double> roots_;
  std::vector<double> tile_roots_;
  std::vector<std::uint32_t> positions_;
};

}  // namespace silenda::kernels
