#pragma once

#include <cstddef>
#include <cstdint>

/// Kernels whose instructions and addresses depend on sizes alone, never on values. Floats come as their bits, and are
/// compared as integers: floating-point instructions take longer for subnormal numbers. NaN is smaller than all else,
/// and the two zeros are equal. Sizes are public; callers have checked them.
namespace silenda::oblivious {

/// Sizes of a pooling window; every output's window holds at least one element.
struct PoolGeometry {
  std::size_t planes, height, width;
  std::size_t kernel_height, kernel_width;
  std::size_t stride_height, stride_width;
  std::size_t pad_top, pad_left;
  std::size_t out_height, out_width;
};

/// max(x, 0) of each element; NaN stays NaN.
void relu(const std::uint32_t* values, std::size_t count, std::uint32_t* out);

/// The index of the largest element, the first of equals; count is at least 1 and below 2^32.
std::uint32_t arg_max(const std::uint32_t* values, std::size_t count);

/// The k largest elements in falling order, the first of equals first. scratch has room for k words.
void top_k(const std::uint32_t* values, std::size_t count, std::size_t k, std::uint64_t* scratch,
           std::uint32_t* out_values, std::uint32_t* out_indices);

/// The largest element of each window; planes are row-major, one behind the other.
void max_pool(const std::uint32_t* values, const PoolGeometry& geometry, std::uint32_t* out);

/// Row number index of a table; reads all of it. False where there is no such row: then out is zeros.
bool look_up(const std::uint32_t* table, std::size_t rows, std::size_t width, std::uint32_t index, std::uint32_t* out);

}  // namespace silenda::oblivious
