#pragma once

#include "values.h"

/// Encryption under a public key as SEAL does it: modulo one prime more, by which the sum is divided, so that what is
/// left of the error is little more than rounding.
namespace silenda::fast {

Ciphertext encrypt(const PublicKey& key, const Plaintext& plaintext);

/// A ciphertext of two polynomials plus a fresh encryption of zero at its level.
Ciphertext rerandomize(const Ciphertext& operand, const PublicKey& key);

}  // namespace silenda::fast
