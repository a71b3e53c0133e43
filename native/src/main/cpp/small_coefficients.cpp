#include "small_coefficients.h"

#include <algorithm>
#include <cmath>

#include "seal/util/uintarithsmallmod.h"

namespace silenda {
namespace {

__extension__ typedef unsigned __int128 Wide;
__extension__ typedef __int128 SignedWide;

/// Kernels transform integers below 2^50 without reducing them first.
constexpr std::uint64_t kUnreducedLimit = std::uint64_t{1} << 49;

/// Garner's composition of residues modulo primes 0 and 1, centred.
class TwoPrimes {
 public:
  explicit TwoPrimes(const Context& context)
      : first_(context.primes()[0].value()), second_(context.primes()[1]) {
    const std::uint64_t inverse = context.ring().inverse(0, 1);
    inverse_.set(inverse, second_);
  }

  SignedWide compose(std::uint64_t a, std::uint64_t b) const {
    const std::uint64_t reduced = seal::util::barrett_reduce_64(a, second_);
    const std::uint64_t difference = seal::util::sub_uint_mod(b, reduced, second_);
    const std::uint64_t digit = seal::util::multiply_uint_mod(difference, inverse_, second_);
    const Wide product = Wide{first_} * second_.value();
    const Wide value = Wide{first_} * digit + a;
    return value > product / 2 ? static_cast<SignedWide>(value) - static_cast<SignedWide>(product)
                               : static_cast<SignedWide>(value);
  }

 private:
  std::uint64_t first_;
  seal::Modulus second_;
  seal::util::MultiplyUIntModOperand inverse_;
};

std::uint64_t reduce(SignedWide value, const seal::Modulus& prime) {
  const Wide magnitude = value < 0 ? -static_cast<Wide>(value) : static_cast<Wide>(value);
  const std::uint64_t words[2] = {static_cast<std::uint64_t>(magnitude), static_cast<std::uint64_t>(magnitude >> 64)};
  const std::uint64_t residue = seal::util::barrett_reduce_128(words, prime);
  return value < 0 ? seal::util::negate_uint_mod(residue, prime) : residue;
}

Wiped<std::uint64_t> inverse_transform(const Context& context, std::size_t prime, const std::uint64_t* residues) {
  Wiped<std::uint64_t> coefficients(context.poly_modulus_degree());
  context.ring().inverse_transform(prime, residues, coefficients.data());
  return coefficients;
}

Wiped<SignedWide> compose_two(const Context& context, const std::uint64_t* residues) {
  const std::size_t degree = context.poly_modulus_degree();
  const Wiped<std::uint64_t> first = inverse_transform(context, 0, residues);
  const Wiped<std::uint64_t> second = inverse_transform(context, 1, residues + degree);
  const TwoPrimes primes(context);
  Wiped<SignedWide> values(degree);
  for (std::size_t i = 0; i < degree; ++i) {
    values[i] = primes.compose(first[i], second[i]);
  }
  return values;
}

/// Negative coefficients plus a multiple of the prime, so that all are below 2^50 and none is negative.
void shift_negative(std::span<const std::int64_t> coefficients, std::uint64_t largest, std::uint64_t prime,
                    std::uint64_t* out) {
  const auto shift = static_cast<std::int64_t>((largest / prime + 1) * prime);
  for (std::size_t i = 0; i < coefficients.size(); ++i) {
    const std::int64_t value = coefficients[i];
    out[i] = static_cast<std::uint64_t>(value < 0 ? value + shift : value);
  }
}

}  // namespace

std::optional<int> level_of_coefficients(const Context& context, int highest_level, double largest, double scale) {
  // Rounding may add a half.
  const double log2_needed = std::max(std::log2(largest + 1), std::log2(scale)) + 2;
  for (int level = 0; level <= std::min(1, highest_level); ++level) {
    if (context.log2_modulus(level) >= log2_needed) {
      return level;
    }
  }
  return std::nullopt;
}

Wiped<std::int64_t> small_coefficients(const Context& context, const seal::Plaintext& plaintext) {
  Wiped<std::int64_t> coefficients(context.poly_modulus_degree());
  if (context.level(plaintext.parms_id()) == 0) {
    const std::uint64_t prime = context.primes()[0].value();
    const Wiped<std::uint64_t> residues = inverse_transform(context, 0, plaintext.data());
    std::transform(residues.begin(), residues.end(), coefficients.begin(), [prime](std::uint64_t value) {
      return static_cast<std::int64_t>(value > prime / 2 ? value - prime : value);
    });
  } else {
    const Wiped<SignedWide> values = compose_two(context, plaintext.data());
    std::transform(values.begin(), values.end(), coefficients.begin(),
                   [](SignedWide value) { return static_cast<std::int64_t>(value); });
  }
  return coefficients;
}

void residues_of(const Context& context, std::span<const std::int64_t> coefficients,
                 std::span<const std::size_t> primes, std::uint64_t* out) {
  std::uint64_t largest = 0;
  for (const std::int64_t value : coefficients) {
    largest = std::max(largest, static_cast<std::uint64_t>(value < 0 ? -value : value));
  }
  for (const std::size_t prime : primes) {
    const seal::Modulus& modulus = context.primes()[prime];
    if (largest < kUnreducedLimit) {
      shift_negative(coefficients, largest, modulus.value(), out);
    } else {
      std::transform(coefficients.begin(), coefficients.end(), out,
                     [&modulus](std::int64_t value) { return reduce(value, modulus); });
    }
    context.ring().forward(prime, out, out, kernels::Format::kCanonical);
    out += coefficients.size();
  }
}

std::optional<seal::Plaintext> reduced_to_two_primes(const Context& context, const seal::Plaintext& plaintext) {
  const int level = context.level(plaintext.parms_id());
  if (level < 2 || std::log2(plaintext.scale()) > context.log2_modulus(1) - 2) {
    return std::nullopt;
  }
  const std::size_t degree = context.poly_modulus_degree();
  const Wiped<SignedWide> values = compose_two(context, plaintext.data());
  std::uint64_t differences = 0;
  for (std::size_t prime = 2; prime <= static_cast<std::size_t>(level); ++prime) {
    const Wiped<std::uint64_t> residues =
        inverse_transform(context, prime, plaintext.data() + prime * degree);
    for (std::size_t i = 0; i < degree; ++i) {
      differences |= reduce(values[i], context.primes()[prime]) ^ residues[i];
    }
  }
  if (differences != 0) {
    return std::nullopt;
  }
  seal::Plaintext result(Context::pool());
  result.resize(2 * degree);
  std::copy_n(plaintext.data(), 2 * degree, result.data());
  result.parms_id() = context.parms_id(1);
  result.scale() = plaintext.scale();
  return result;
}

}  // namespace silenda
