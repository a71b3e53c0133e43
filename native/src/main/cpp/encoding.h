#pragma once

#include <span>
#include <vector>

#include "values.h"

namespace silenda {

/// Encodes up to slot_count() reals, zero padded. Refuses what SEAL 4.0.0 would encode to nonsense.
Plaintext encode(const ContextPtr& context, std::span<const double> values, int level, double scale);

/// As encode, but bounds the coefficients and not each slot: a coefficient is at most the mean of the slots'
/// absolute values times the scale, so a few large slots are fine.
Plaintext encode_sparse(const ContextPtr& context, std::span<const double> values, int level, double scale);

/// As encode_sparse, but modulo primes 0..level and then the special primes, in NTT form.
std::vector<std::uint64_t> encode_with_special(const ContextPtr& context, std::span<const double> values, int level,
                                               double scale);

/// The real parts of all slots.
std::vector<double> decode(const Context& context, const seal::Plaintext& plaintext);

std::vector<double> decrypt(const SecretKey& secret_key, const Ciphertext& ciphertext);

/// Throws std::invalid_argument unless the scale is finite, positive and below the level's modulus.
void check_scale(const Context& context, int level, double scale);

}  // namespace silenda
