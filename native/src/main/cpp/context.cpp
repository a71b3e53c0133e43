#include "context.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>
#include <string>

namespace silenda {
namespace {

seal::SEALContext make_seal_context(std::size_t poly_modulus_degree, const std::vector<int>& prime_bits,
                                    std::size_t special_count) {
  if (special_count < 1 || special_count >= prime_bits.size()) {
    throw std::invalid_argument(std::to_string(special_count) + " special primes of " +
                                std::to_string(prime_bits.size()) + " primes");
  }
  seal::EncryptionParameters parms(seal::scheme_type::ckks);
  parms.set_poly_modulus_degree(poly_modulus_degree);
  std::vector<seal::Modulus> primes;
  try {
    primes = seal::CoeffModulus::Create(poly_modulus_degree, prime_bits);
  } catch (const std::logic_error& error) {
    throw std::invalid_argument("no such primes for degree " + std::to_string(poly_modulus_degree) + ": " +
                                error.what());
  }
  parms.set_coeff_modulus(primes);
  seal::SEALContext context(parms, true, seal::sec_level_type::none);
  if (!context.parameters_set() || !context.using_keyswitching()) {
    throw std::invalid_argument(std::string("SEAL refuses the parameters: ") + context.parameter_error_message());
  }
  return context;
}

std::vector<fast::Ring::Prime> primes_with_roots(const seal::SEALContext::ContextData& key_data) {
  std::vector<fast::Ring::Prime> primes;
  for (std::size_t i = 0; i < key_data.parms().coeff_modulus().size(); ++i) {
    const auto& tables = key_data.small_ntt_tables()[i];
    primes.push_back({tables.modulus().value(), tables.get_root()});
  }
  return primes;
}

}  // namespace

Context::Context(std::size_t poly_modulus_degree, const std::vector<int>& prime_bits,
                 const kernels::KernelSet& kernels, std::size_t special_count)
    : poly_modulus_degree_(poly_modulus_degree),
      seal_(make_seal_context(poly_modulus_degree, prime_bits, special_count)),
      evaluator_(seal_),
      ring_(kernels, std::countr_zero(poly_modulus_degree), primes_with_roots(*seal_.key_context_data()),
            special_count) {
  for (auto data = seal_.first_context_data(); data; data = data->next_context_data()) {
    if (data->parms().coeff_modulus().size() <= ring_.first_special()) {
      data_by_level_.push_back(data);
    }
  }
  std::reverse(data_by_level_.begin(), data_by_level_.end());
}

const seal::SEALContext::ContextData& Context::data(int level) const {
  if (level < 0 || level > max_level()) {
    throw std::invalid_argument("level " + std::to_string(level) + " is outside 0.." + std::to_string(max_level()));
  }
  return *data_by_level_[static_cast<std::size_t>(level)];
}

int Context::level(const seal::parms_id_type& parms_id) const {
  auto data = seal_.get_context_data(parms_id);
  if (!data || data->chain_index() > static_cast<std::size_t>(max_level())) {
    throw std::invalid_argument("not a ciphertext or plaintext of this context");
  }
  return static_cast<int>(data->chain_index());
}

double Context::log2_modulus(int level) const {
  double sum = 0;
  for (const auto& prime : data(level).parms().coeff_modulus()) {
    sum += std::log2(static_cast<double>(prime.value()));
  }
  return sum;
}

}  // namespace silenda
