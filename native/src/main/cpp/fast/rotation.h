#pragma once

#include "evaluation_keys.h"
#include "fast/key_switch.h"

namespace silenda::fast {

/// Two polynomials, the parts of a ciphertext.
struct Pair {
  Residues first;
  Residues second;
};

/// How decomposed polynomials are rotated. Without a key there is nothing to rotate.
struct Rotation {
  kernels::Permutation permutation{};
  const KeyStream* key = nullptr;
};

/// Throws std::invalid_argument if the key is missing or does not reach the level. Step 0 needs none.
Rotation find_rotation(const Context& context, const EvaluationKeys& keys, int step, int level);

/// The input's first part times all special primes as operands, modulo one data prime; modulo special primes it is
/// nothing.
void scale_by_special(const Ring& ring, std::size_t prime, ConstResidues polynomial, Residues out);

}  // namespace silenda::fast
