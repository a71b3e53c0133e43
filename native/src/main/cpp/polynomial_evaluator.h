#pragma once

#include <vector>

#include "ciphertext_ops.h"
#include "lazy_arithmetic.h"
#include "polynomial.h"

namespace silenda {

/// What polynomials are computed with: SEAL, or our own kernels.
struct PolynomialArithmetic {
  /// At the lower of the operands' levels.
  Ciphertext (*multiply)(const Ciphertext& left, const Ciphertext& right);
  Ciphertext (*square)(const Ciphertext& operand);
  Ciphertext (*rescale)(const Ciphertext& operand);
  Ciphertext (*relinearize_rescale)(const Ciphertext& operand, const EvaluationKeys& keys);
  /// out becomes the sum of scalar * values modulo one prime; it may be one of the values.
  void (*sum_scaled)(const Context& context, std::size_t prime, std::span<const ScaledTerm> terms,
                     std::uint64_t* out);
};

const PolynomialArithmetic& seal_arithmetic();

/// Evaluates the polynomial on every slot and spends exactly ceil(log2(degree + 1)) levels, degree being
/// coefficients.size() - 1. Each coefficient is encoded at the scale that makes all sums exact and the result's
/// scale equal to target_scale (Bossuat et al., ePrint 2020/1203, section 3).
Ciphertext evaluate_polynomial(const PolynomialArithmetic& arithmetic, Basis basis, const std::vector<double>& coefficients,
                               const Ciphertext& input, const EvaluationKeys& keys, double target_scale);

}  // namespace silenda
