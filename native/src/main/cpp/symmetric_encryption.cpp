#include "symmetric_encryption.h"

#include "seal/util/ntt.h"
#include "seal/util/polyarithsmallmod.h"
#include "seal/util/rlwe.h"

namespace silenda {

using seal::util::add_poly_coeffmod;
using seal::util::allocate_poly;
using seal::util::dyadic_product_coeffmod;
using seal::util::negate_poly_coeffmod;
using seal::util::ntt_negacyclic_harvey;

void expand_uniform(const seal::EncryptionParameters& parms, const seal::prng_seed_type& seed,
                    std::uint64_t* destination) {
  auto generator = seal::UniformRandomGeneratorFactory::DefaultFactory()->create(seed);
  seal::util::sample_poly_uniform(generator, parms, destination);
}

seal::prng_seed_type encrypt_zero_symmetric(const Context& context, const seal::SecretKey& secret_key,
                                            const seal::parms_id_type& parms_id, seal::Ciphertext& destination) {
  const auto& data = *context.seal().get_context_data(parms_id);
  const auto& parms = data.parms();
  const auto& primes = parms.coeff_modulus();
  const std::size_t degree = parms.poly_modulus_degree();

  destination.resize(context.seal(), parms_id, 2);
  destination.is_ntt_form() = true;
  destination.scale() = 1.0;

  auto secret_generator = parms.random_generator()->create();
  seal::prng_seed_type seed;
  secret_generator->generate(kSeedBytes, reinterpret_cast<seal::seal_byte*>(seed.data()));
  expand_uniform(parms, seed, destination.data(1));

  // The error is as secret as the key: its memory is wiped when it goes back.
  auto pool = seal::MemoryManager::GetPool(seal::mm_prof_opt::mm_force_new, true);
  auto error = allocate_poly(degree, primes.size(), pool);
  seal::util::SEAL_NOISE_SAMPLER(secret_generator, parms, error.get());
  for (std::size_t i = 0; i < primes.size(); ++i) {
    const std::uint64_t* secret = secret_key.data().data() + i * degree;
    const std::uint64_t* uniform = destination.data(1) + i * degree;
    std::uint64_t* first = destination.data(0) + i * degree;
    std::uint64_t* prime_error = error.get() + i * degree;
    ntt_negacyclic_harvey(prime_error, data.small_ntt_tables()[i]);
    dyadic_product_coeffmod(secret, uniform, degree, primes[i], first);
    add_poly_coeffmod(first, prime_error, degree, primes[i], first);
    negate_poly_coeffmod(first, degree, primes[i], first);
  }
  return seed;
}

Ciphertext encrypt_symmetric(const SecretKey& secret_key, const Plaintext& plaintext) {
  const Context& context = *secret_key.context;
  Ciphertext result{secret_key.context, seal::Ciphertext(Context::pool())};
  result.seed = encrypt_zero_symmetric(context, secret_key.data, plaintext.data.parms_id(), result.data);
  const auto& primes = context.seal().get_context_data(plaintext.data.parms_id())->parms().coeff_modulus();
  const std::size_t degree = context.poly_modulus_degree();
  for (std::size_t i = 0; i < primes.size(); ++i) {
    std::uint64_t* first = result.data.data(0) + i * degree;
    add_poly_coeffmod(first, plaintext.data.data() + i * degree, degree, primes[i], first);
  }
  result.data.scale() = plaintext.data.scale();
  return result;
}

Ciphertext encrypt_with_public_key(const PublicKey& public_key, const Plaintext& plaintext) {
  Ciphertext result{public_key.context, seal::Ciphertext(Context::pool())};
  seal::Encryptor encryptor(public_key.context->seal(), public_key.data);
  encryptor.encrypt(plaintext.data, result.data, Context::pool());
  return result;
}

}  // namespace silenda
