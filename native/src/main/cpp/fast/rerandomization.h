#pragma once

#include "values.h"

namespace silenda::fast {

/// A ciphertext of two polynomials plus a fresh encryption of zero under a public key, at its level: as SEAL encrypts,
/// with one prime more, by which the sum is divided, so that what is left of the error is little more than rounding.
/// With several special primes it is SEAL that encrypts.
Ciphertext rerandomize(const Ciphertext& operand, const PublicKey& key);

}  // namespace silenda::fast
