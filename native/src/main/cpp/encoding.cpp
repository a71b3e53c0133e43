#include "encoding.h"

#include <cmath>
#include <cstdio>
#include <stdexcept>
#include <string>

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

Plaintext encode_checked(const ContextPtr& context, std::span<const double> values,
                         const seal::parms_id_type& parms_id, double scale) {
  Plaintext result{context, seal::Plaintext(Context::pool())};
  const std::vector<double> copy(values.begin(), values.end());
  context->encoder().encode(copy, parms_id, scale, result.data, Context::pool());
  return result;
}

void check_sparse(const Context& context, std::span<const double> values, int level, double scale) {
  check_common(context, values, level, scale);
  check_slots(values, scale, kLog2LargestCoefficient);
  double sum = 0;
  for (double value : values) {
    sum += std::abs(value);
  }
  const double limit = log2_limit(context, level);
  if (sum * scale / static_cast<double>(context.slot_count()) > std::exp2(limit)) {
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
  return encode_checked(context, values, context->parms_id(level), scale);
}

Plaintext encode_sparse(const ContextPtr& context, std::span<const double> values, int level, double scale) {
  check_sparse(*context, values, level, scale);
  return encode_checked(context, values, context->parms_id(level), scale);
}

std::vector<std::uint64_t> encode_with_special(const ContextPtr& context, std::span<const double> values, int level,
                                               double scale) {
  check_sparse(*context, values, level, scale);
  const Plaintext all = encode_checked(context, values, context->seal().key_parms_id(), scale);
  const std::size_t degree = context->poly_modulus_degree();
  const std::uint64_t* special = all.data.data() + context->ring().first_special() * degree;
  const std::uint64_t* end = all.data.data() + context->primes().size() * degree;
  const std::size_t data_words = (static_cast<std::size_t>(level) + 1) * degree;
  std::vector<std::uint64_t> residues;
  residues.reserve(data_words + static_cast<std::size_t>(end - special));
  residues.assign(all.data.data(), all.data.data() + data_words);
  residues.insert(residues.end(), special, end);
  return residues;
}

std::vector<double> decode(const Context& context, const seal::Plaintext& plaintext) {
  std::vector<double> values;
  context.encoder().decode(plaintext, values, Context::pool());
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
