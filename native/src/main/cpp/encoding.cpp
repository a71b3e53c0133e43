#include "encoding.h"

#include <cmath>
#include <cstdio>
#include <stdexcept>
#include <string>

#include "coefficients.h"
#include "seal/util/polyarithsmallmod.h"
#include "seal/util/uintarithsmallmod.h"
#include "secret_frame.h"
#include "secret_product.h"
#include "symmetric_encryption.h"

namespace silenda {
namespace {

/// Beyond it a coefficient no longer fits the 64-bit integers that doubles are rounded to. Larger ones are rounded to
/// multiples of a power of two that is far below the precision of a double.
constexpr double kLog2LargestCoefficient = 62;

std::string two_decimals(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

/// A quarter of the modulus leaves the sign bit and one bit for noise.
double log2_limit(const Context& context, int level) {
  return context.log2_modulus(level) - 2;
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

/// A bound on the coefficients, before they are rounded.
double largest_coefficient(const Context& context, std::span<const double> values, double scale) {
  double sum = 0;
  for (double value : values) {
    sum += std::abs(value);
  }
  return sum * scale / static_cast<double>(context.slot_count());
}

/// How many zero bits coefficients end with, so that the others fit 64-bit integers.
int zero_bits(const Context& context, std::span<const double> values, double scale) {
  const double largest = largest_coefficient(context, values, scale);
  return largest <= std::exp2(kLog2LargestCoefficient)
             ? 0
             : static_cast<int>(std::ceil(std::log2(largest) - kLog2LargestCoefficient));
}

/// Residues modulo one prime times a power of two.
void shift_left(std::span<std::uint64_t> residues, int bits, const seal::Modulus& prime) {
  std::uint64_t factor = 1;
  for (int i = 0; i < bits; ++i) {
    factor = seal::util::add_uint_mod(factor, factor, prime);
  }
  seal::util::MultiplyUIntModOperand operand;
  operand.set(factor, prime);
  seal::util::multiply_poly_scalar_coeffmod(residues.data(), residues.size(), operand, prime, residues.data());
}

/// The residues modulo primes by number, in NTT form.
void encode_residues(const Context& context, std::span<const double> values, double scale,
                     std::span<const std::size_t> primes, std::uint64_t* out) {
  SecretFrame frame;
  const std::span<std::int64_t> coefficients(frame.take<std::int64_t>(context.poly_modulus_degree()),
                                             context.poly_modulus_degree());
  const int zeros = zero_bits(context, values, scale);
  coefficients_of(context, values, std::ldexp(scale, -zeros), coefficients.data());
  residues_of(context, coefficients, primes, out);
  for (std::size_t i = 0; zeros > 0 && i < primes.size(); ++i) {
    shift_left({out + i * coefficients.size(), coefficients.size()}, zeros, context.primes()[primes[i]]);
  }
}

Plaintext encode_checked(const ContextPtr& context, std::span<const double> values, int level, double scale) {
  const std::vector<std::size_t> primes = primes_of_level(level);
  Plaintext result{context, seal::Plaintext(Context::pool())};
  result.data.resize(primes.size() * context->poly_modulus_degree());
  encode_residues(*context, values, scale, primes, result.data.data());
  result.data.parms_id() = context->parms_id(level);
  result.data.scale() = scale;
  return result;
}

void check_sparse(const Context& context, std::span<const double> values, int level, double scale) {
  check_common(context, values, level, scale);
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
  const std::vector<std::size_t> primes = key_primes_of_level(*context, level);
  std::vector<std::uint64_t> residues(primes.size() * context->poly_modulus_degree());
  encode_residues(*context, values, scale, primes, residues.data());
  return residues;
}

namespace {

/// Of a polynomial modulo primes 0..level in NTT form.
std::vector<double> decode_residues(const Context& context, const std::uint64_t* residues, int level, double scale) {
  SecretFrame frame;
  auto* coefficients = frame.take<double>(context.poly_modulus_degree());
  compose(context, residues, static_cast<std::size_t>(level) + 1, 1 / scale, coefficients);
  std::vector<double> values(context.slot_count());
  slots_of(context, coefficients, values);
  return values;
}

}  // namespace

std::vector<double> decode(const Context& context, const seal::Plaintext& plaintext) {
  return decode_residues(context, plaintext.data(), context.level(plaintext.parms_id()), plaintext.scale());
}

std::vector<double> decrypt(const SecretKey& secret_key, const Ciphertext& ciphertext) {
  const Context& context = *secret_key.context;
  const int level = context.level(ciphertext.data.parms_id());
  SecretFrame frame;
  auto* residues =
      frame.take<std::uint64_t>((static_cast<std::size_t>(level) + 1) * context.poly_modulus_degree());
  multiply_by_secret(context, secret_key.data, ciphertext.data, level, residues);
  return decode_residues(context, residues, level, ciphertext.data.scale());
}

}  // namespace silenda
