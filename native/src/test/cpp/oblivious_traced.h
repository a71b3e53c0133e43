#pragma once

#include <cstddef>
#include <cstdint>

/// The oblivious kernels, built with calls into the trace.
namespace silenda::test::traced {

void relu(const std::uint32_t* values, std::size_t count, std::uint32_t* out);
std::uint32_t arg_max(const std::uint32_t* values, std::size_t count);
void top_k(const std::uint32_t* values, std::size_t count, std::size_t k, std::uint64_t* scratch,
           std::uint32_t* out_values, std::uint32_t* out_indices);
void max_pool(const std::uint32_t* values, const std::size_t (&sizes)[11], std::uint32_t* out);
bool look_up(const std::uint32_t* table, std::size_t rows, std::size_t width, std::uint32_t index, std::uint32_t* out);

/// Kernels as one would write them without care, which a trace must tell apart.
std::uint32_t leaky_arg_max(const std::uint32_t* values, std::size_t count);
void leaky_look_up(const std::uint32_t* table, std::size_t width, std::uint32_t index, std::uint32_t* out);

}  // namespace silenda::test::traced
