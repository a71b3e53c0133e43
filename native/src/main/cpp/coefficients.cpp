#include "coefficients.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "fast/key_switch.h"
#include "secret_frame.h"
#include "seal/util/uintarithsmallmod.h"

namespace silenda {
namespace {

/// Kernels transform integers below 2^50 without reducing them first.
constexpr std::uint64_t kUnreducedLimit = std::uint64_t{1} << 49;

/// A double holds integers only from here on; adding and subtracting one and a half times twice as much rounds what is
/// smaller to the nearest, ties to even.
constexpr double kInteger = 0x1p51;
constexpr double kRounder = 0x1.8p52;

std::int64_t rounded(double value) {
  const double integer = (value + kRounder) - kRounder;
  return static_cast<std::int64_t>(std::abs(value) < kInteger ? integer : std::round(value));
}

/// An integer below 2^52 as a double.
double to_double(std::uint64_t value) {
  return std::bit_cast<double>(value | std::bit_cast<std::uint64_t>(0x1p52)) - 0x1p52;
}

/// Negative coefficients plus a multiple of the prime, so that all are below 2^50 and none is negative.
void shift_negative(std::span<const std::int64_t> coefficients, std::uint64_t largest, std::uint64_t prime,
                    std::uint64_t* out) {
  const auto shift = static_cast<std::int64_t>((largest / prime + 1) * prime);
  for (std::size_t i = 0; i < coefficients.size(); ++i) {
    const std::int64_t value = coefficients[i];
    out[i] = static_cast<std::uint64_t>(value + (value >> 63 & shift));
  }
}

std::uint64_t reduce(std::int64_t value, const seal::Modulus& prime) {
  const std::uint64_t residue =
      seal::util::barrett_reduce_64(static_cast<std::uint64_t>(value < 0 ? -value : value), prime);
  return value < 0 ? seal::util::negate_uint_mod(residue, prime) : residue;
}

/// Mixed radix digits of a number, balanced: x = sum of d_i * q_0 * ... * q_(i-1) with d_i between -q_i/2 and q_i/2. A
/// small number has few digits other than zero, and the others cost nothing but to find that out.
class MixedRadix {
 public:
  MixedRadix(const Context& context, SecretFrame& frame) : ring_(context.ring()), frame_(frame) {}

  /// The digit of the next prime. Digits are stored plus half of their prime, so that none is negative.
  void add(const std::uint64_t* residues) {
    const std::size_t prime = next_++;
    std::uint64_t* digit = spare_ != nullptr ? spare_ : frame_.take<std::uint64_t>(ring_.degree());
    ring_.inverse_transform(prime, residues, digit);
    subtract_digits(prime, digit);
    const bool zero = std::all_of(digit, digit + ring_.degree(),
                                  [half = half(prime)](std::uint64_t value) { return value == half; });
    spare_ = zero ? digit : nullptr;
    if (!zero) {
      digits_[count_++] = {prime, digit};
    }
  }

  void sum(double factor, double* out) const {
    std::fill_n(out, ring_.degree(), 0.0);
    for (std::size_t i = count_; i-- > 0;) {
      const Digit& digit = digits_[i];
      const double ratio = i + 1 == count_ ? 0 : product(digit.prime, digits_[i + 1].prime);
      const double middle = static_cast<double>(half(digit.prime));
      for (std::size_t k = 0; k < ring_.degree(); ++k) {
        out[k] = out[k] * ratio + (to_double(digit.values[k]) - middle);
      }
    }
    const double last = count_ == 0 ? 0 : product(0, digits_[0].prime) * factor;
    std::transform(out, out + ring_.degree(), out, [last](double value) { return value * last; });
  }

 private:
  struct Digit {
    std::size_t prime;
    std::uint64_t* values;
  };

  std::uint64_t half(std::size_t prime) const { return ring_.modulus(prime) / 2; }

  double product(std::size_t first, std::size_t end) const {
    double result = 1;
    for (std::size_t prime = first; prime < end; ++prime) {
      result *= static_cast<double>(ring_.modulus(prime));
    }
    return result;
  }

  /// (residues - what the digits so far stand for) / (product of their primes), plus half of this prime.
  void subtract_digits(std::size_t prime, std::uint64_t* residues) const {
    const std::uint64_t modulus = ring_.modulus(prime);
    kernels::CombineTerm terms[fast::kMaxPrimes];
    std::uint64_t constant = half(prime);
    // For digit i: minus the inverse of the product of primes i..prime-1.
    std::uint64_t inverse = 1;
    std::size_t below = prime;
    for (std::size_t i = count_; i-- > 0;) {
      for (; below > digits_[i].prime; --below) {
        inverse = kernels::multiply_mod(inverse, ring_.inverse(below - 1, prime), modulus);
      }
      terms[i + 1] = {digits_[i].values, modulus - inverse};
      const std::uint64_t middle = kernels::multiply_mod(half(digits_[i].prime) % modulus, inverse, modulus);
      constant = (constant + middle) % modulus;
    }
    for (; below > 0; --below) {
      inverse = kernels::multiply_mod(inverse, ring_.inverse(below - 1, prime), modulus);
    }
    terms[0] = {residues, inverse};
    ring_.kernels().combine({modulus, terms, count_ + 1, constant, nullptr, ring_.degree()}, residues,
                            kernels::Format::kCanonical);
  }

  const fast::Ring& ring_;
  SecretFrame& frame_;
  std::size_t next_ = 0;
  Digit digits_[fast::kMaxPrimes];
  std::size_t count_ = 0;
  std::uint64_t* spare_ = nullptr;
};

}  // namespace

void coefficients_of(const Context& context, std::span<const double> values, double scale, std::int64_t* out) {
  const fast::Ring& ring = context.ring();
  const std::size_t slots = context.slot_count();
  SecretFrame frame;
  auto* parts = frame.take<double>(2 * slots);
  std::fill_n(parts, 2 * slots, 0.0);
  const double factor = scale / static_cast<double>(slots);
  for (std::size_t slot = 0; slot < values.size(); ++slot) {
    parts[ring.embedding().position(slot)] = values[slot] * factor;
  }
  ring.kernels().unembed(ring.embedding().tables(), parts, parts + slots);
  std::transform(parts, parts + 2 * slots, out, rounded);
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

void compose(const Context& context, const std::uint64_t* residues, std::size_t count, double factor, double* out) {
  SecretFrame frame;
  MixedRadix digits(context, frame);
  for (std::size_t prime = 0; prime < count; ++prime) {
    digits.add(residues + prime * context.poly_modulus_degree());
  }
  digits.sum(factor, out);
}

void slots_of(const Context& context, double* coefficients, std::span<double> out) {
  const fast::Ring& ring = context.ring();
  ring.kernels().embed(ring.embedding().tables(), coefficients, coefficients + context.slot_count());
  for (std::size_t slot = 0; slot < out.size(); ++slot) {
    out[slot] = coefficients[ring.embedding().position(slot)];
  }
}

}  // namespace silenda
