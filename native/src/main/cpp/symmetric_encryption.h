#pragma once

#include <span>

#include "uniform_expansion.h"
#include "values.h"

namespace silenda {

/// Encrypts zero under the secret key in NTT form, modulo the given primes of the key chain: (e - a s, a), where
/// a expands from the returned seed, so a sender needs to send only the first polynomial and the seed. The
/// destination has two polynomials already; residues modulo other primes are left alone.
seal::prng_seed_type encrypt_zero_symmetric(const Context& context, const seal::SecretKey& secret_key,
                                            std::span<const std::size_t> prime_indices, SeedPurpose purpose,
                                            seal::Ciphertext& destination);

/// Expands the second polynomial from its seed, as the receiver of a seeded ciphertext or key does.
void expand_second(const Context& context, std::span<const std::size_t> prime_indices, const seal::prng_seed_type& seed,
                   SeedPurpose purpose, seal::Ciphertext& destination);

/// A ciphertext of a number of polynomials, all zero, in NTT form, with scale 1.
seal::Ciphertext zero_ciphertext(const Context& context, const seal::parms_id_type& parms_id, std::size_t polynomials);

/// 0..level.
std::vector<std::size_t> primes_of_level(int level);
/// 0..level and the special primes: what a key that is used up to a level needs.
std::vector<std::size_t> key_primes_of_level(const Context& context, int level);

Ciphertext encrypt_symmetric(const SecretKey& secret_key, const Plaintext& plaintext);
/// A ciphertext of two polynomials plus a fresh encryption of zero at its level.
Ciphertext rerandomize(const Ciphertext& operand, const PublicKey& public_key);
/// Modulo the data primes and the first special prime, which are all that encryption at the highest level uses.
PublicKey generate_public_key(const SecretKey& secret_key);

}  // namespace silenda
