#include "encoding.h"

#include <cmath>
#include <cstdio>
#include <stdexcept>
#include <string>

#include "small_coefficients.h"
#include "symmetric_encryption.h"

namespace silenda {
namespace {

/// Beyond it a coefficient no longer fits the 64-bit integers that doubles are rounded to.
constexpr double kLog2LargestCoefficient = 62;

std::string two_decimals(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

/// A quarter of the modulus leaves the sign bit and one bit for noise.
double log2_limit(const Context& context, int level) {
  return std::min(kLog2LargestCoefficient, context.log2_modulus(level) - 2);
}

void check_common(const Context& context, std::span<const double> values, int level, double scale) {
  check_scale(context, level, scale);
  if (values.size() > context.slot_count()) {
    throw std::invalid_argument("values has " + std::to_string(values.size()) + " entries, more than the " +
                                std::to_string(context.slot_count()) + " slots");
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) {
      throw std::invalid_argument("values[" + std::to_string(i) + "] is not a finite number");
    }
  }
}

[[noreturn]] void refuse_large(const std::string& what, double log2_scale, double limit) {
  throw std::invalid_argument(what + " times the scale 2^" + two_decimals(log2_scale) + " exceeds the limit 2^" +
                              two_decimals(limit));
}

void check_slots(std::span<const double> values, double scale, double log2_bound) {
  const double bound = std::exp2(log2_bound);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::abs(values[i]) * scale > bound) {
      refuse_large("values[" + std::to_string(i) + "]", std::log2(scale), log2_bound);
    }
  }
}

/// For SEAL's own temporaries: cleared when it goes, unlike the pool that all share.
seal::MemoryPoolHandle wiping_pool() { return seal::MemoryManager::GetPool(seal::mm_prof_opt::mm_force_new, true); }

Plaintext encode_with_seal(const ContextPtr& context, std::span<const double> values,
                           const seal::parms_id_type& parms_id, double scale) {
  Plaintext result{context, seal::Plaintext(Context::pool())};
  std::vector<double> copy(values.begin(), values.end());
  const WipeAtEnd wipe(copy);
  context->encoder().encode(copy, parms_id, scale, result.data, wiping_pool());
  return result;
}

/// A bound on the coefficients, before they are rounded.
double largest_coefficient(const Context& context, std::span<const double> values, double scale) {
  double sum = 0;
  for (double value : values) {
    sum += std::abs(value);
  }
  return sum * scale / static_cast<double>(context.slot_count());
}

/// The plaintext's residues modulo primes by number, computed by SEAL modulo the first one or two alone; false where
/// its coefficients may need more.
bool encode_small(const ContextPtr& context, std::span<const double> values, int level, double scale,
                  std::span<const std::size_t> primes, std::uint64_t* out) {
  const double largest = largest_coefficient(*context, values, scale);
  const std::optional<int> low = level_of_coefficients(*context, level, largest, scale);
  if (!low) {
    return false;
  }
  const Plaintext small = encode_with_seal(context, values, context->parms_id(*low), scale);
  const Wiped<std::int64_t> coefficients = small_coefficients(*context, small.data);
  residues_of(*context, coefficients, primes, out);
  return true;
}

Plaintext encode_checked(const ContextPtr& context, std::span<const double> values, int level, double scale) {
  const std::vector<std::size_t> primes = primes_of_level(level);
  Plaintext result{context, seal::Plaintext(Context::pool())};
  result.data.resize(primes.size() * context->poly_modulus_degree());
  if (!encode_small(context, values, level, scale, primes, result.data.data())) {
    return encode_with_seal(context, values, context->parms_id(level), scale);
  }
  result.data.parms_id() = context->parms_id(level);
  result.data.scale() = scale;
  return result;
}

void check_sparse(const Context& context, std::span<const double> values, int level, double scale) {
  check_common(context, values, level, scale);
  check_slots(values, scale, kLog2LargestCoefficient);
  const double limit = log2_limit(context, level);
  if (largest_coefficient(context, values, scale) > std::exp2(limit)) {
    refuse_large("the mean of the absolute values", std::log2(scale), limit);
  }
}

}  // namespace

void check_scale(const Context& context, int level, double scale) {
  const double log2_modulus = context.log2_modulus(level);
  if (!std::isfinite(scale) || scale <= 0 || std::log2(scale) > log2_modulus - 1.5) {
    throw std::invalid_argument("scale 2^" + two_decimals(std::log2(scale)) + " is outside (0, 2^" +
                                two_decimals(log2_modulus - 1.5) + "] at level " + std::to_string(level));
  }
}

Plaintext encode(const ContextPtr& context, std::span<const double> values, int level, double scale) {
  check_common(*context, values, level, scale);
  check_slots(values, scale, log2_limit(*context, level));
  return encode_checked(context, values, level, scale);
}

Plaintext encode_sparse(const ContextPtr& context, std::span<const double> values, int level, double scale) {
  check_sparse(*context, values, level, scale);
  return encode_checked(context, values, level, scale);
}

std::vector<std::uint64_t> encode_with_special(const ContextPtr& context, std::span<const double> values, int level,
                                               double scale) {
  check_sparse(*context, values, level, scale);
  const std::size_t degree = context->poly_modulus_degree();
  const std::vector<std::size_t> primes = key_primes_of_level(*context, level);
  std::vector<std::uint64_t> residues(primes.size() * degree);
  if (!encode_small(context, values, level, scale, primes, residues.data())) {
    const Plaintext all = encode_with_seal(context, values, context->seal().key_parms_id(), scale);
    for (std::size_t i = 0; i < primes.size(); ++i) {
      std::copy_n(all.data.data() + primes[i] * degree, degree, residues.data() + i * degree);
    }
  }
  return residues;
}

std::vector<double> decode(const Context& context, const seal::Plaintext& plaintext) {
  std::vector<double> values;
  std::optional<seal::Plaintext> small = reduced_to_two_primes(context, plaintext);
  context.encoder().decode(small ? *small : plaintext, values, wiping_pool());
  if (small) {
    seal::util::seal_memzero(small->data(), small->coeff_count() * sizeof(std::uint64_t));
  }
  return values;
}

std::vector<double> decrypt(const SecretKey& secret_key, const Ciphertext& ciphertext) {
  const Context& context = *secret_key.context;
  Plaintext plaintext{secret_key.context, seal::Plaintext(Context::pool())};
  seal::Decryptor decryptor(context.seal(), secret_key.data);
  decryptor.decrypt(ciphertext.data, plaintext.data);
  return decode(context, plaintext.data);
}

}  // namespace silenda
