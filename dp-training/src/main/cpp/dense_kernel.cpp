#include "dense_kernel.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <immintrin.h>

#include "dense_pack.h"

namespace silenda::dp {
namespace {

constexpr size_t kAlignment = 64;
constexpr size_t kDepth = 400;  // terms for which a panel of the right operand stays in the first cache
constexpr size_t kBlock = 16 * kHeight;  // rows for which the left operand stays in the second
constexpr size_t kTerms = 64;  // of a sum in floats, before such sums are added up

size_t round_up(size_t value, size_t unit) { return (value + unit - 1) / unit * unit; }

struct Tile {
  __m256 at[kHeight][kVectors];
};

// The sum over `count` terms of the left operand's numbers times the panel's row. Number i of term k is at
// left[i * height_step + k * term_step].
inline __attribute__((always_inline)) void products(Tile& tile, const float* left, size_t height_step, size_t term_step,
                                                    const float* panel, size_t count) {
  __m256 sum[kHeight][kVectors] = {};
  const float* lower = left + 3 * height_step;
  for (size_t k = 0; k < count; k++) {
    __m256 right[kVectors];
    for (size_t j = 0; j < kVectors; j++) {
      right[j] = _mm256_load_ps(panel + j * kLanes);
    }
#pragma GCC unroll 6
    for (size_t i = 0; i < kHeight; i++) {
      __m256 factor = _mm256_broadcast_ss((i < 3 ? left : lower) + i % 3 * height_step);
#pragma GCC unroll 2
      for (size_t j = 0; j < kVectors; j++) {
        sum[i][j] = _mm256_fmadd_ps(factor, right[j], sum[i][j]);
      }
    }
    left += term_step;
    lower += term_step;
    panel += kWidth;
  }
  std::memcpy(tile.at, sum, sizeof sum);
}

// Where a tile goes: a part of a matrix, cut at its edges.
struct Target {
  float* at;
  size_t stride;
  size_t rows;
  size_t columns;

  void store(const Tile& tile, bool add) const {
    for (size_t i = 0; i < rows; i++) {
      float* row = at + i * stride;
      if (columns == kWidth) {
        put(tile.at[i], row, row, add);
      } else {
        float whole[kWidth] = {};
        std::memcpy(whole, row, columns * sizeof(float));
        put(tile.at[i], whole, whole, add);
        std::memcpy(row, whole, columns * sizeof(float));
      }
    }
  }

 private:
  static void put(const __m256 (&values)[kVectors], const float* before, float* to, bool add) {
    for (size_t j = 0; j < kVectors; j++) {
      __m256 value = add ? _mm256_add_ps(_mm256_loadu_ps(before + j * kLanes), values[j]) : values[j];
      _mm256_storeu_ps(to + j * kLanes, value);
    }
  }
};

struct Slice {
  size_t first;
  size_t count;
};

// The rows behind the last whole tile.
void copy_edge(Rows a, Slice rows, Slice terms, float* edge) {
  size_t count = rows.count % kHeight;
  if (count > 0) {
    std::memset(edge, 0, kHeight * kDepth * sizeof(float));
  }
  for (size_t i = 0; i < count; i++) {
    size_t row = rows.first + rows.count - count + i;
    std::memcpy(edge + i * kDepth, a.data + row * a.columns + terms.first, terms.count * sizeof(float));
  }
}

// Rows `rows` of c over the terms `terms`, for all panels.
void multiply_block(Rows a, Slice rows, Slice terms, const float* panels, size_t n, float* c) {
  // Rows at the end that fill no tile are computed by the same code, with others of zeros.
  float edge[kHeight * kDepth];
  copy_edge(a, rows, terms, edge);
  for (size_t from = 0; from < n; from += kWidth) {
    const float* panel = panels + from * terms.count;
    for (size_t r = rows.first; r < rows.first + rows.count; r += kHeight) {
      size_t height = std::min(kHeight, a.rows - r);
      const float* left = a.data + r * a.columns + terms.first;
      size_t step = a.columns;
      if (height < kHeight) {
        left = edge;
        step = kDepth;
      }
      Tile tile;
      products(tile, left, step, 1, panel, terms.count);
      Target{c + r * n + from, n, height, std::min(kWidth, n - from)}.store(tile, terms.first > 0);
    }
  }
}

Tile sum_products(const float* left, const float* panel, size_t count) {
  Tile sum = {};
  for (size_t first = 0; first < count; first += kTerms) {
    Tile part;
    products(part, left + first * kHeight, 1, kHeight, panel + first * kWidth, std::min(kTerms, count - first));
    for (size_t i = 0; i < kHeight * kVectors; i++) {
      __m256& total = sum.at[i / kVectors][i % kVectors];
      total = _mm256_add_ps(total, part.at[i / kVectors][i % kVectors]);
    }
  }
  return sum;
}

}  // namespace

Scratch::~Scratch() { std::free(data_); }

float* Scratch::room(size_t floats) {
  if (floats > size_) {
    std::free(data_);
    size_ = round_up(floats, kAlignment);
    data_ = static_cast<float*>(std::aligned_alloc(kAlignment, size_ * sizeof(float)));
    size_ = data_ == nullptr ? 0 : size_;
  }
  return data_;
}

bool multiply_rows(Scratch& scratch, Rows a, Rows b, bool transposed, float* c) {
  size_t n = transposed ? b.rows : b.columns;
  float* panels = scratch.room(round_up(n, kWidth) * std::min(kDepth, a.columns));
  if (panels == nullptr) {
    return false;
  }
  for (size_t first = 0; first < a.columns; first += kDepth) {
    Slice terms{first, std::min(kDepth, a.columns - first)};
    for (size_t from = 0; from < n; from += kWidth) {
      float* to = panels + from * terms.count;
      (transposed ? pack_columns : pack_rows)(b, first, terms.count, from, std::min(kWidth, n - from), to);
    }
    for (size_t r = 0; r < a.rows; r += kBlock) {
      multiply_block(a, {r, std::min(kBlock, a.rows - r)}, terms, panels, n, c);
    }
  }
  return true;
}

bool sum_outer(Scratch& scratch, Rows gradients, const float* factors, Rows inputs, float* to) {
  size_t count = 0;
  size_t left_size = round_up(gradients.columns, kHeight) * gradients.rows;
  size_t index_size = gradients.rows * sizeof(size_t) / sizeof(float);
  float* panel = scratch.room(kWidth * gradients.rows + left_size + index_size + kAlignment);
  if (panel == nullptr) {
    return false;
  }
  auto* taking = reinterpret_cast<size_t*>(panel + kWidth * gradients.rows);
  float* left = panel + kWidth * gradients.rows + index_size;
  for (size_t r = 0; r < gradients.rows; r++) {
    if (factors[r] != 0) {
      taking[count++] = r;
    }
  }
  pack_scaled(gradients, factors, taking, count, left);
  for (size_t from = 0; from < inputs.columns; from += kWidth) {
    size_t columns = std::min(kWidth, inputs.columns - from);
    pack_listed(inputs, taking, count, from, columns, panel);
    for (size_t g = 0; g < gradients.columns; g += kHeight) {
      Target target{to + g * inputs.columns + from, inputs.columns, std::min(kHeight, gradients.columns - g), columns};
      target.store(sum_products(left + g * count, panel, count), false);
    }
  }
  return true;
}

void squared_norms(Rows values, double* to) {
  for (size_t r = 0; r < values.rows; r++) {
    const float* row = values.data + r * values.columns;
    __m256d sums[2] = {_mm256_setzero_pd(), _mm256_setzero_pd()};
    size_t k = 0;
    for (; k + kLanes <= values.columns; k += kLanes) {
      for (size_t half = 0; half < 2; half++) {
        __m256d value = _mm256_cvtps_pd(_mm_loadu_ps(row + k + 4 * half));
        sums[half] = _mm256_fmadd_pd(value, value, sums[half]);
      }
    }
    alignas(32) double parts[4];
    _mm256_store_pd(parts, _mm256_add_pd(sums[0], sums[1]));
    double sum = (parts[0] + parts[1]) + (parts[2] + parts[3]);
    for (; k < values.columns; k++) {
      sum += static_cast<double>(row[k]) * row[k];
    }
    to[r] = sum;
  }
}

}  // namespace silenda::dp
