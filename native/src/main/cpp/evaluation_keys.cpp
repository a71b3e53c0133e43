#include "evaluation_keys.h"

#include <stdexcept>
#include <string>

#include "seal/util/galois.h"
#include "seal/util/polyarithsmallmod.h"
#include "symmetric_encryption.h"

namespace silenda {
namespace {

/// Digit d encrypts P * target modulo the primes that it covers and zero modulo the others, P being the product of the
/// special primes.
void add_switching_key(const SecretKey& secret_key, int step, const std::uint64_t* target, int level,
                       EvaluationKeys& keys) {
  const Context& context = *secret_key.context;
  const auto& primes = context.primes();
  const std::size_t degree = context.poly_modulus_degree();
  context.data(level);
  const std::vector<std::size_t> key_primes = key_primes_of_level(context, level);
  SwitchingKey digits(digit_count(context, level));
  std::vector<seal::prng_seed_type> seeds;
  auto pool = seal::MemoryManager::GetPool(seal::mm_prof_opt::mm_force_new, true);
  auto scaled = seal::util::allocate_poly(degree, 1, pool);
  for (seal::PublicKey& digit : digits) {
    digit.data() = zero_ciphertext(context, context.seal().key_parms_id(), 2);
    seeds.push_back(
        encrypt_zero_symmetric(context, secret_key.data, key_primes, SeedPurpose::kEvaluationKey, digit.data()));
  }
  const fast::BaseConversion& special = context.ring().special();
  for (std::size_t i = 0; i <= static_cast<std::size_t>(level); ++i) {
    seal::util::multiply_poly_scalar_coeffmod(target + i * degree, degree, special.product(i), primes[i],
                                              scaled.get());
    std::uint64_t* residues = digits[i / special.count()].data().data(0) + i * degree;
    seal::util::add_poly_coeffmod(residues, scaled.get(), degree, primes[i], residues);
  }
  keys.add(step, level, std::move(seeds), digits);
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

std::string describe(int step) {
  return step == 0 ? "there is no relinearization key" : "there is no key for rotation step " + std::to_string(step);
}

}  // namespace

EvaluationKeys::EvaluationKeys(ContextPtr context)
    : context_(std::move(context)), seal_(std::make_unique<SealKeys>(*context_)) {}

void EvaluationKeys::add(int step, int level, std::vector<seal::prng_seed_type> seeds, const SwitchingKey& digits) {
  keys_.insert_or_assign(step, EvaluationKey{level, std::move(seeds), {context_->ring(), digits, level}});
}

const EvaluationKey& EvaluationKeys::key(int step) const {
  const auto found = keys_.find(step);
  if (found == keys_.end()) {
    throw std::invalid_argument(describe(step));
  }
  return found->second;
}

const fast::KeyStream& EvaluationKeys::stream(int step, int level) const {
  const EvaluationKey& found = key(step);
  if (found.level < level) {
    throw std::invalid_argument(describe(step) + " at level " + std::to_string(level));
  }
  return found.stream;
}

const seal::RelinKeys& EvaluationKeys::seal_relinearization() const { return seal_->relinearization(key(0)); }

const seal::GaloisKeys& EvaluationKeys::seal_rotation(int step) const { return seal_->rotation(step, key(step)); }

std::size_t EvaluationKeys::native_bytes() const {
  std::size_t bytes = seal_->bytes();
  for (const auto& [step, key] : keys_) {
    bytes += key.stream.bytes();
  }
  return bytes;
}

std::size_t digit_count(const Context& context, int level) {
  return static_cast<std::size_t>(level) / context.ring().special_count() + 1;
}

EvaluationKeys generate_evaluation_keys(const SecretKey& secret_key, int relinearization_level,
                                        const std::map<int, int>& rotation_levels) {
  EvaluationKeys keys(secret_key.context);
  if (relinearization_level >= 0) {
    add_relinearization_key(secret_key, relinearization_level, keys);
  }
  for (const auto& [step, level] : rotation_levels) {
    add_rotation_key(secret_key, step, level, keys);
  }
  return keys;
}

}  // namespace silenda
