// round(scale * |N(0, 1)|) with a sign, four at a time: the arithmetic of the Java class QuantileTable, operation by
// operation, so that both decide alike.
#pragma once

#include <cstddef>
#include <cstdint>

namespace silenda::dp {

// Coefficients of the quantile: kCells rows an octave, kTerms numbers a row, of which the last is not used.
struct QuantileTable {
  static constexpr size_t kOctaves = 22;
  static constexpr size_t kCellsLog2 = 7;
  static constexpr size_t kTerms = 8;
  static constexpr size_t kSize = kOctaves * (size_t{1} << kCellsLog2) * kTerms;
  alignas(64) double rows[kSize];
};

// Turns words into noise, in units of the grid. Where a double cannot decide how to round, or the word lies beyond the
// table, the sample's place is appended to undecided. Returns how many these are, at most count.
size_t rounded_normals(const QuantileTable& table, const uint64_t* words, size_t count, double scale, double margin,
                       int32_t first_place, int32_t* out, int32_t* undecided);

}  // namespace silenda::dp
