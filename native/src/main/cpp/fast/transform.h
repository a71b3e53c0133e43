#pragma once

#include "linear_transform.h"

namespace silenda::fast {

/// transform.apply on our own kernels, with noise that differs from it. The input is decomposed once for all baby
/// steps; rotated inputs and sums of products stay multiplied by the special primes, so that each giant step divides
/// one polynomial by it and the end two (double hoisting: Bossuat et al., EUROCRYPT 2021, section 5).
Ciphertext apply(const LinearTransform& transform, const Ciphertext& input, const EvaluationKeys& keys);

}  // namespace silenda::fast
