// Products for layers that see each record once, on rows that lie as Java keeps them. A row of a product is computed from
// the same row of the left operand by the same operations in the same order, wherever it stands and whatever stands
// beside it.
#pragma once

#include <cstddef>

namespace silenda::dp {

// Memory for packed operands, kept from call to call. Not thread-safe.
class Scratch {
 public:
  Scratch() = default;
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  // Room for so many floats, aligned for vectors; null where memory does not suffice. Forgets what was there.
  float* room(size_t floats);

 private:
  float* data_ = nullptr;
  size_t size_ = 0;
};

// A matrix in rows without gaps.
struct Rows {
  const float* data;
  size_t rows;
  size_t columns;
};

// c = a op(b), c[a.rows][n] without gaps. False where memory does not suffice.
bool multiply_rows(Scratch& scratch, Rows a, Rows b, bool transposed, float* c);

// to[g][x] = sum over rows r of factors[r] gradients[r][g] inputs[r][x], in sums of at most 64 terms, which are then
// added up. Rows of factor zero take no part, whatever stands in them. False where memory does not suffice.
bool sum_outer(Scratch& scratch, Rows gradients, const float* factors, Rows inputs, float* to);

// The squared norm of each row, in doubles.
void squared_norms(Rows values, double* to);

}  // namespace silenda::dp
