#include "symmetric_encryption.h"

#include <numeric>

#include "ciphertext_ops.h"
#include "seal/util/polyarithsmallmod.h"
#include "secret_product.h"
#include "small_sampling.h"

namespace silenda {

using seal::util::add_poly_coeffmod;

std::vector<std::size_t> primes_of_level(int level) {
  std::vector<std::size_t> indices(static_cast<std::size_t>(level) + 1);
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  return indices;
}

std::vector<std::size_t> key_primes_of_level(const Context& context, int level) {
  std::vector<std::size_t> indices = primes_of_level(level);
  for (std::size_t special = context.ring().first_special(); special < context.primes().size(); ++special) {
    indices.push_back(special);
  }
  return indices;
}

seal::Ciphertext zero_ciphertext(const Context& context, const seal::parms_id_type& parms_id,
                                 std::size_t polynomials) {
  seal::Ciphertext result(Context::pool());
  result.resize(context.seal(), parms_id, polynomials);
  std::fill_n(result.data(), result.dyn_array().size(), std::uint64_t{0});
  result.is_ntt_form() = true;
  result.scale() = 1.0;
  return result;
}

void expand_second(const Context& context, std::span<const std::size_t> prime_indices, const seal::prng_seed_type& seed,
                   SeedPurpose purpose, seal::Ciphertext& destination) {
  const std::size_t degree = context.poly_modulus_degree();
  const UniformExpansion expansion(context.ring().kernels(), seed, purpose);
  for (std::size_t i : prime_indices) {
    expansion.expand(i, context.primes()[i], degree, destination.data(1) + i * degree);
  }
}

seal::prng_seed_type encrypt_zero_symmetric(const Context& context, const seal::SecretKey& secret_key,
                                            std::span<const std::size_t> prime_indices, SeedPurpose purpose,
                                            seal::Ciphertext& destination) {
  const std::size_t degree = context.poly_modulus_degree();
  const seal::prng_seed_type seed = random_seed();
  expand_second(context, prime_indices, seed, purpose, destination);

  // The error is as secret as the key: its memory is wiped when it goes back.
  Wiped<std::int8_t> error(degree);
  SmallSampler(context.ring().kernels()).error(error);
  for (std::size_t i : prime_indices) {
    mask_error(context, secret_key, i, error, destination.data(1) + i * degree, destination.data(0) + i * degree);
  }
  return seed;
}

Ciphertext encrypt_symmetric(const SecretKey& secret_key, const Plaintext& plaintext) {
  const Context& context = *secret_key.context;
  const std::vector<std::size_t> prime_indices = primes_of_level(context.level(plaintext.data.parms_id()));
  Ciphertext result{secret_key.context, zero_ciphertext(context, plaintext.data.parms_id(), 2)};
  result.seed =
      encrypt_zero_symmetric(context, secret_key.data, prime_indices, SeedPurpose::kCiphertext, result.data);
  const std::size_t degree = context.poly_modulus_degree();
  for (std::size_t i : prime_indices) {
    std::uint64_t* first = result.data.data(0) + i * degree;
    add_poly_coeffmod(first, plaintext.data.data() + i * degree, degree, context.primes()[i], first);
  }
  result.data.scale() = plaintext.data.scale();
  return result;
}

PublicKey generate_public_key(const SecretKey& secret_key) {
  const Context& context = *secret_key.context;
  PublicKey public_key{secret_key.context, {}, {}};
  public_key.data.data() = zero_ciphertext(context, context.seal().key_parms_id(), 2);
  public_key.seed =
      encrypt_zero_symmetric(context, secret_key.data, primes_of_level(context.max_level() + 1),
                             SeedPurpose::kPublicKey, public_key.data.data());
  return public_key;
}

Ciphertext rerandomize(const Ciphertext& operand, const PublicKey& public_key) {
  check_size_two(operand, "rerandomize");
  const Context& context = *operand.context;
  Ciphertext result{operand.context, seal::Ciphertext(Context::pool())};
  seal::Encryptor encryptor(context.seal(), public_key.data);
  encryptor.encrypt_zero(operand.data.parms_id(), result.data, Context::pool());
  result.data.scale() = operand.data.scale();
  context.evaluator().add_inplace(result.data, operand.data);
  return result;
}

}  // namespace silenda
