#include "evaluation_keys.h"

#include "seal/util/galois.h"
#include "seal/util/polyarithsmallmod.h"
#include "symmetric_encryption.h"

namespace silenda {
namespace {

std::size_t digit_polynomial_bytes(const Context& context) {
  return context.poly_modulus_degree() * context.primes().size() * sizeof(std::uint64_t);
}

/// Digit i encrypts P * target modulo prime i and zero modulo the others, P being the special prime.
std::vector<seal::PublicKey> make_switching_key(const SecretKey& secret_key, const std::uint64_t* target,
                                                int level) {
  const Context& context = *secret_key.context;
  const auto& primes = context.primes();
  const std::size_t degree = context.poly_modulus_degree();
  context.data(level);
  std::vector<seal::PublicKey> digits(static_cast<std::size_t>(level) + 1);
  auto pool = seal::MemoryManager::GetPool(seal::mm_prof_opt::mm_force_new, true);
  auto scaled = seal::util::allocate_poly(degree, 1, pool);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    seal::Ciphertext& digit = digits[i].data();
    encrypt_zero_symmetric(context, secret_key.data, context.seal().key_parms_id(), digit);
    const std::uint64_t factor = seal::util::barrett_reduce_64(primes.back().value(), primes[i]);
    seal::util::multiply_poly_scalar_coeffmod(target + i * degree, degree, factor, primes[i], scaled.get());
    std::uint64_t* residues = digit.data(0) + i * degree;
    seal::util::add_poly_coeffmod(residues, scaled.get(), degree, primes[i], residues);
  }
  return digits;
}

void add_relinearization_key(const SecretKey& secret_key, int level, EvaluationKeys& keys) {
  const Context& context = *secret_key.context;
  const auto& primes = context.primes();
  const std::size_t degree = context.poly_modulus_degree();
  auto pool = seal::MemoryManager::GetPool(seal::mm_prof_opt::mm_force_new, true);
  auto square = seal::util::allocate_poly(degree, primes.size(), pool);
  for (std::size_t i = 0; i < primes.size(); ++i) {
    const std::uint64_t* secret = secret_key.data.data().data() + i * degree;
    seal::util::dyadic_product_coeffmod(secret, secret, degree, primes[i], square.get() + i * degree);
  }
  keys.relinearization.data().push_back(make_switching_key(secret_key, square.get(), level));
  keys.digit_count += static_cast<std::size_t>(level) + 1;
}

void add_rotation_key(const SecretKey& secret_key, int step, int level, EvaluationKeys& keys) {
  const Context& context = *secret_key.context;
  const std::size_t prime_count = context.primes().size();
  const std::size_t degree = context.poly_modulus_degree();
  auto galois_tool = context.key_data().galois_tool();
  const std::uint32_t element = galois_tool->get_elt_from_step(step);
  auto pool = seal::MemoryManager::GetPool(seal::mm_prof_opt::mm_force_new, true);
  auto rotated = seal::util::allocate_poly(degree, prime_count, pool);
  seal::util::ConstRNSIter secret(secret_key.data.data().data(), degree);
  seal::util::RNSIter destination(rotated.get(), degree);
  galois_tool->apply_galois_ntt(secret, prime_count, element, destination);
  keys.rotation.data()[seal::GaloisKeys::get_index(element)] =
      make_switching_key(secret_key, rotated.get(), level);
  keys.digit_count += static_cast<std::size_t>(level) + 1;
}

}  // namespace

std::size_t EvaluationKeys::native_bytes() const { return digit_count * 2 * digit_polynomial_bytes(*context); }

std::size_t EvaluationKeys::seeded_bytes() const {
  return digit_count * (digit_polynomial_bytes(*context) + kSeedBytes);
}

EvaluationKeys generate_evaluation_keys(const SecretKey& secret_key, int relinearization_level,
                                        const std::map<int, int>& rotation_levels) {
  EvaluationKeys keys{secret_key.context, {}, {}};
  keys.relinearization.parms_id() = keys.context->seal().key_parms_id();
  keys.rotation.parms_id() = keys.context->seal().key_parms_id();
  if (relinearization_level >= 0) {
    add_relinearization_key(secret_key, relinearization_level, keys);
  }
  keys.rotation.data().resize(keys.context->poly_modulus_degree());
  for (const auto& [step, level] : rotation_levels) {
    add_rotation_key(secret_key, step, level, keys);
  }
  return keys;
}

}  // namespace silenda
