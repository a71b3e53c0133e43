#include "dense_pack.h"

#include <cstring>
#include <immintrin.h>

namespace silenda::dp {
namespace {

// Numbers `at` on of eight rows, as eight rows of a panel.
void transpose8(const float* const (&rows)[kLanes], size_t at, float* to) {
  __m256 r[8], t[8];
  for (size_t i = 0; i < 8; i++) {
    r[i] = _mm256_loadu_ps(rows[i] + at);
  }
  for (size_t i = 0; i < 8; i += 2) {
    t[i] = _mm256_unpacklo_ps(r[i], r[i + 1]);
    t[i + 1] = _mm256_unpackhi_ps(r[i], r[i + 1]);
  }
  for (size_t i = 0; i < 8; i += 4) {
    r[i] = _mm256_shuffle_ps(t[i], t[i + 2], 0x44);
    r[i + 1] = _mm256_shuffle_ps(t[i], t[i + 2], 0xee);
    r[i + 2] = _mm256_shuffle_ps(t[i + 1], t[i + 3], 0x44);
    r[i + 3] = _mm256_shuffle_ps(t[i + 1], t[i + 3], 0xee);
  }
  for (size_t i = 0; i < 4; i++) {
    _mm256_store_ps(to + i * kWidth, _mm256_permute2f128_ps(r[i], r[i + 4], 0x20));
    _mm256_store_ps(to + (i + 4) * kWidth, _mm256_permute2f128_ps(r[i], r[i + 4], 0x31));
  }
}

}  // namespace

void pack_rows(Rows b, size_t first, size_t count, size_t from, size_t columns, float* to) {
  for (size_t k = 0; k < count; k++) {
    const float* row = b.data + (first + k) * b.columns + from;
    if (columns == kWidth) {
      std::memcpy(to + k * kWidth, row, kWidth * sizeof(float));
    } else {
      std::memset(to + k * kWidth, 0, kWidth * sizeof(float));
      std::memcpy(to + k * kWidth, row, columns * sizeof(float));
    }
  }
}

void pack_columns(Rows b, size_t first, size_t count, size_t from, size_t columns, float* to) {
  if (columns < kWidth) {
    std::memset(to, 0, count * kWidth * sizeof(float));
  }
  size_t j = 0;
  for (; j + kLanes <= columns; j += kLanes) {
    const float* rows[kLanes];
    for (size_t i = 0; i < kLanes; i++) {
      rows[i] = b.data + (from + j + i) * b.columns + first;
    }
    size_t k = 0;
    for (; k + kLanes <= count; k += kLanes) {
      transpose8(rows, k, to + k * kWidth + j);
    }
    for (; k < count; k++) {
      for (size_t i = 0; i < kLanes; i++) {
        to[k * kWidth + j + i] = rows[i][k];
      }
    }
  }
  for (; j < columns; j++) {
    const float* row = b.data + (from + j) * b.columns + first;
    for (size_t k = 0; k < count; k++) {
      to[k * kWidth + j] = row[k];
    }
  }
}

void pack_scaled(Rows gradients, const float* factors, const size_t* list, size_t count, float* to) {
  size_t panel_size = count * kHeight;
  for (size_t r = 0; r < count; r++) {
    const float* row = gradients.data + list[r] * gradients.columns;
    float factor = factors[list[r]];
    float* at = to + r * kHeight;
    size_t g = 0;
    for (; g + kHeight <= gradients.columns; g += kHeight, at += panel_size) {
      for (size_t i = 0; i < kHeight; i++) {
        at[i] = row[g + i] * factor;
      }
    }
    for (size_t i = 0; g < gradients.columns && i < kHeight; i++) {
      at[i] = g + i < gradients.columns ? row[g + i] * factor : 0;
    }
  }
}

void pack_listed(Rows b, const size_t* list, size_t count, size_t from, size_t columns, float* to) {
  for (size_t r = 0; r < count; r++) {
    pack_rows(b, list[r], 1, from, columns, to + r * kWidth);
  }
}

}  // namespace silenda::dp
