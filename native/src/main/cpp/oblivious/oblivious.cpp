#include "oblivious/oblivious.h"

#include "oblivious/secret.h"

namespace silenda::oblivious {
namespace {

constexpr Secret32 kSign(0x80000000u);
constexpr Secret32 kMagnitude(0x7fffffffu);
constexpr Secret32 kInfinity(0x7f800000u);
constexpr Secret32 kZero(0u);

Secret32 nan_mask(Secret32 bits) { return less(kInfinity, bits & kMagnitude); }

/// An unsigned integer in the order of the floats, 0 for NaN.
Secret32 to_key(Secret32 bits) {
  const Secret32 one_zero = bits & ~equal(bits, kSign);
  const Secret32 key = one_zero ^ (top_bit_mask(one_zero) | kSign);
  return key & ~nan_mask(bits);
}

/// The float again; a NaN for 0.
Secret32 from_key(Secret32 key) { return key ^ (~top_bit_mask(key) | kSign); }

/// The order of the elements, the first of equals above the others.
Secret64 ranked(Secret32 key, std::size_t index) {
  const std::uint64_t low = 0xffffffffu - static_cast<std::uint32_t>(index);
  return (Secret64(key.declassify()) << 32) | Secret64(low);
}

std::uint32_t index_of(Secret64 rank) { return 0xffffffffu - static_cast<std::uint32_t>(rank.declassify()); }

Secret32 key_of(Secret64 rank) { return Secret32(static_cast<std::uint32_t>((rank >> 32).declassify())); }

Secret32 window_max(const std::uint32_t* plane, const PoolGeometry& g, std::size_t row, std::size_t column) {
  Secret32 best = kZero;
  for (std::size_t y = 0; y < g.kernel_height; ++y) {
    const std::size_t in_row = row * g.stride_height + y;
    if (in_row < g.pad_top || in_row - g.pad_top >= g.height) {
      continue;
    }
    for (std::size_t x = 0; x < g.kernel_width; ++x) {
      const std::size_t in_column = column * g.stride_width + x;
      if (in_column < g.pad_left || in_column - g.pad_left >= g.width) {
        continue;
      }
      const Secret32 key = to_key(Secret32(plane[(in_row - g.pad_top) * g.width + in_column - g.pad_left]));
      best = select(less(best, key), key, best);
    }
  }
  return best;
}

}  // namespace

void relu(const std::uint32_t* values, std::size_t count, std::uint32_t* out) {
  for (std::size_t i = 0; i < count; ++i) {
    const Secret32 bits(values[i]);
    const Secret32 kept = ~top_bit_mask(bits) | nan_mask(bits);
    out[i] = (bits & kept).declassify();
  }
}

std::uint32_t arg_max(const std::uint32_t* values, std::size_t count) {
  Secret64 best(0);
  for (std::size_t i = 0; i < count; ++i) {
    const Secret64 rank = ranked(to_key(Secret32(values[i])), i);
    best = select(less(best, rank), rank, best);
  }
  return index_of(best);
}

void top_k(const std::uint32_t* values, std::size_t count, std::size_t k, std::uint64_t* scratch,
           std::uint32_t* out_values, std::uint32_t* out_indices) {
  for (std::size_t slot = 0; slot < k; ++slot) {
    scratch[slot] = 0;
  }
  for (std::size_t i = 0; i < count; ++i) {
    Secret64 carried = ranked(to_key(Secret32(values[i])), i);
    for (std::size_t slot = 0; slot < k; ++slot) {
      const Secret64 held(scratch[slot]);
      const Secret64 larger = less(held, carried);
      scratch[slot] = select(larger, carried, held).declassify();
      carried = select(larger, held, carried);
    }
  }
  for (std::size_t slot = 0; slot < k; ++slot) {
    const Secret64 rank(scratch[slot]);
    out_values[slot] = from_key(key_of(rank)).declassify();
    out_indices[slot] = index_of(rank);
  }
}

void max_pool(const std::uint32_t* values, const PoolGeometry& g, std::uint32_t* out) {
  for (std::size_t plane = 0; plane < g.planes; ++plane) {
    for (std::size_t row = 0; row < g.out_height; ++row) {
      for (std::size_t column = 0; column < g.out_width; ++column) {
        const Secret32 best = window_max(values + plane * g.height * g.width, g, row, column);
        *out++ = from_key(best).declassify();
      }
    }
  }
}

bool look_up(const std::uint32_t* table, std::size_t rows, std::size_t width, std::uint32_t index, std::uint32_t* out) {
  for (std::size_t column = 0; column < width; ++column) {
    out[column] = 0;
  }
  Secret32 found = kZero;
  for (std::size_t row = 0; row < rows; ++row) {
    const Secret32 here = equal(Secret32(static_cast<std::uint32_t>(row)), Secret32(index));
    found = found | here;
    for (std::size_t column = 0; column < width; ++column) {
      const Secret32 entry(table[row * width + column]);
      out[column] = (Secret32(out[column]) | (entry & here)).declassify();
    }
  }
  return found.declassify() != 0;
}

}  // namespace silenda::oblivious
