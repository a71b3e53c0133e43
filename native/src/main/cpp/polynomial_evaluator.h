#pragma once

#include <vector>

#include "ciphertext_ops.h"
#include "polynomial.h"

namespace silenda {

/// Evaluates the polynomial on every slot and spends exactly ceil(log2(degree + 1)) levels, degree being
/// coefficients.size() - 1. Each coefficient is encoded at the scale that makes all sums exact and the result's
/// scale equal to target_scale (Bossuat et al., ePrint 2020/1203, section 3).
Ciphertext evaluate_polynomial(Basis basis, const std::vector<double>& coefficients, const Ciphertext& input,
                               const EvaluationKeys& keys, double target_scale);

}  // namespace silenda
