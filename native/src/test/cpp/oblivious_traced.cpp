// The oblivious kernels under a name of their own; the build has the compiler instrument this file.
#include "oblivious_traced.h"

#define oblivious oblivious_traced
#include "oblivious/oblivious.cpp"

namespace silenda::test::traced {

void relu(const std::uint32_t* values, std::size_t count, std::uint32_t* out) { oblivious::relu(values, count, out); }

std::uint32_t arg_max(const std::uint32_t* values, std::size_t count) { return oblivious::arg_max(values, count); }

void top_k(const std::uint32_t* values, std::size_t count, std::size_t k, std::uint64_t* scratch,
           std::uint32_t* out_values, std::uint32_t* out_indices) {
  oblivious::top_k(values, count, k, scratch, out_values, out_indices);
}

void max_pool(const std::uint32_t* values, const std::size_t (&s)[11], std::uint32_t* out) {
  oblivious::max_pool(values, {s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], s[9], s[10]}, out);
}

bool look_up(const std::uint32_t* table, std::size_t rows, std::size_t width, std::uint32_t index,
             std::uint32_t* out) {
  return oblivious::look_up(table, rows, width, index, out);
}

std::uint32_t leaky_arg_max(const std::uint32_t* values, std::size_t count) {
  std::uint32_t best = 0;
  // A store that cannot be left out keeps the branch in the machine code.
  volatile std::uint32_t last_change = 0;
  for (std::uint32_t i = 1; i < count; ++i) {
    if (values[i] > values[best]) {
      best = i;
      last_change = i;
    }
  }
  return best + 0 * last_change;
}

void leaky_look_up(const std::uint32_t* table, std::size_t width, std::uint32_t index, std::uint32_t* out) {
  for (std::size_t column = 0; column < width; ++column) {
    out[column] = table[index * width + column];
  }
}

}  // namespace silenda::test::traced
