// How operands of dense_kernel.h lie in memory while they are multiplied: in panels as wide or as high as a tile.
#pragma once

#include <cstddef>

#include "dense_kernel.h"

namespace silenda::dp {

constexpr size_t kHeight = 6;  // rows of a tile
constexpr size_t kLanes = 8;
constexpr size_t kVectors = 2;  // of a row of a tile
constexpr size_t kWidth = kLanes * kVectors;

// Numbers `first` to `first + count` of each of the rows `from` to `from + columns`: one term after the other, kWidth
// numbers each, those beyond `columns` zero.
void pack_columns(Rows b, size_t first, size_t count, size_t from, size_t columns, float* to);

// The same of rows `first` on, for columns `from` on.
void pack_rows(Rows b, size_t first, size_t count, size_t from, size_t columns, float* to);

// The same of the rows that are listed.
void pack_listed(Rows b, const size_t* list, size_t count, size_t from, size_t columns, float* to);

// The rows that are listed, times their factors, in panels of kHeight columns: [panel][row][kHeight].
void pack_scaled(Rows gradients, const float* factors, const size_t* list, size_t count, float* to);

}  // namespace silenda::dp
