#pragma once

#include <span>

#include "linear_transform.h"

namespace silenda::fast {

/// Each transform's apply on our own kernels, with noise that differs from it. The input is decomposed once for all baby
/// steps of all transforms; rotated inputs and sums of products stay multiplied by the special primes, so that each giant
/// step divides one polynomial by these and the end two (double hoisting: Bossuat et al., EUROCRYPT 2021, section 5).
/// Steps of one fold share a decomposition, too.
std::vector<Ciphertext> apply_all(std::span<const LinearTransform* const> transforms, const Ciphertext& input,
                                  const EvaluationKeys& keys);
Ciphertext apply(const LinearTransform& transform, const Ciphertext& input, const EvaluationKeys& keys);

}  // namespace silenda::fast
