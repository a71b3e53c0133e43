#pragma once

#include "values.h"

namespace silenda {

/// Encrypts zero under the secret key at the given parameters, in NTT form: (-(a s + e), a). The polynomial a
/// expands from the returned seed, so a sender needs to send only the first polynomial and the seed.
seal::prng_seed_type encrypt_zero_symmetric(const Context& context, const seal::SecretKey& secret_key,
                                            const seal::parms_id_type& parms_id, seal::Ciphertext& destination);

/// Expands a from its seed, as the receiver of a seeded ciphertext or key does.
void expand_uniform(const seal::EncryptionParameters& parms, const seal::prng_seed_type& seed,
                    std::uint64_t* destination);

Ciphertext encrypt_symmetric(const SecretKey& secret_key, const Plaintext& plaintext);
Ciphertext encrypt_with_public_key(const PublicKey& public_key, const Plaintext& plaintext);

}  // namespace silenda
