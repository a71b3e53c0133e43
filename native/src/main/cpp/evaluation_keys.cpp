#include "evaluation_keys.h"

#include <stdexcept>

#include "seal/util/galois.h"
#include "seal/util/polyarithsmallmod.h"
#include "symmetric_encryption.h"

namespace silenda {
namespace {

std::size_t rotation_index(const Context& context, int step) {
  return seal::GaloisKeys::get_index(context.key_data().galois_tool()->get_elt_from_step(step));
}

std::size_t digit_polynomial_bytes(const Context& context) {
  return context.poly_modulus_degree() * context.primes().size() * sizeof(std::uint64_t);
}

/// Digit d encrypts P * target modulo the primes that it covers and zero modulo the others, P being the product of the
/// special primes.
void add_switching_key(const SecretKey& secret_key, int step, const std::uint64_t* target, int level,
                       EvaluationKeys& keys) {
  const Context& context = *secret_key.context;
  const auto& primes = context.primes();
  const std::size_t degree = context.poly_modulus_degree();
  context.data(level);
  const std::vector<std::size_t> key_primes = key_primes_of_level(context, level);
  SwitchingKey& digits = keys.digits(step);
  digits.resize(digit_count(context, level));
  auto pool = seal::MemoryManager::GetPool(seal::mm_prof_opt::mm_force_new, true);
  auto scaled = seal::util::allocate_poly(degree, 1, pool);
  for (seal::PublicKey& digit : digits) {
    digit.data() = zero_ciphertext(context, context.seal().key_parms_id(), 2);
    keys.seeds[step].push_back(
        encrypt_zero_symmetric(context, secret_key.data, key_primes, SeedPurpose::kEvaluationKey, digit.data()));
  }
  const fast::BaseConversion& special = context.ring().special();
  for (std::size_t i = 0; i <= static_cast<std::size_t>(level); ++i) {
    seal::util::multiply_poly_scalar_coeffmod(target + i * degree, degree, special.product(i), primes[i],
                                              scaled.get());
    std::uint64_t* residues = digits[i / special.count()].data().data(0) + i * degree;
    seal::util::add_poly_coeffmod(residues, scaled.get(), degree, primes[i], residues);
  }
  keys.levels[step] = level;
  keys.digit_count += digits.size();
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
  add_switching_key(secret_key, 0, square.get(), level, keys);
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
  add_switching_key(secret_key, step, rotated.get(), level, keys);
}

}  // namespace

std::size_t EvaluationKeys::native_bytes() const { return digit_count * 2 * digit_polynomial_bytes(*context); }

SwitchingKey& EvaluationKeys::digits(int step) {
  if (step == 0) {
    relinearization.data().resize(1);
    return relinearization.data().front();
  }
  return rotation.data().at(rotation_index(*context, step));
}

const SwitchingKey& EvaluationKeys::key(int step, int level) const {
  const auto found = levels.find(step);
  if (found == levels.end() || found->second < level) {
    throw std::invalid_argument(
        (step == 0 ? "there is no relinearization key" : "there is no key for rotation step " + std::to_string(step)) +
        " at level " + std::to_string(level));
  }
  const SwitchingKey& key =
      step == 0 ? relinearization.data().front() : rotation.data().at(rotation_index(*context, step));
  if (key.size() < silenda::digit_count(*context, level)) {
    throw std::invalid_argument("the key for rotation step " + std::to_string(step) + " lacks digits");
  }
  return key;
}

const fast::KeyStream& EvaluationKeys::stream(int step, int level) const {
  return streams->of(step, key(step, level), context->ring(), levels.at(step));
}

const fast::KeyStream& KeyStreams::of(int step, const SwitchingKey& key, const fast::Ring& ring, int level) {
  const std::lock_guard lock(mutex_);
  auto& entry = streams_[step];
  if (!entry) {
    entry = std::make_unique<const fast::KeyStream>(ring, key, level);
  }
  return *entry;
}

std::size_t digit_count(const Context& context, int level) {
  return static_cast<std::size_t>(level) / context.ring().special_count() + 1;
}

EvaluationKeys empty_evaluation_keys(const ContextPtr& context) {
  EvaluationKeys keys{context, {}, {}};
  keys.relinearization.parms_id() = context->seal().key_parms_id();
  keys.rotation.parms_id() = context->seal().key_parms_id();
  keys.rotation.data().resize(context->poly_modulus_degree());
  return keys;
}

EvaluationKeys generate_evaluation_keys(const SecretKey& secret_key, int relinearization_level,
                                        const std::map<int, int>& rotation_levels) {
  EvaluationKeys keys = empty_evaluation_keys(secret_key.context);
  if (relinearization_level >= 0) {
    add_relinearization_key(secret_key, relinearization_level, keys);
  }
  for (const auto& [step, level] : rotation_levels) {
    add_rotation_key(secret_key, step, level, keys);
  }
  return keys;
}

}  // namespace silenda
