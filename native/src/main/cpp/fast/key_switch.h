#pragma once

#include "context.h"
#include "evaluation_keys.h"
#include "fast/workspace.h"

namespace silenda::fast {

/// Polynomials modulo several primes, one after the other, each of ring.degree() words.
using Residues = std::uint64_t*;
using ConstResidues = const std::uint64_t*;

/// SEAL has at most 64 primes.
constexpr std::size_t kMaxPrimes = 64;

/// Key switching at one level: the polynomial is cut into digits; each is multiplied by its part of the key modulo the
/// data primes 0..level and the special primes, the targets, in this order; the sum is divided by the special primes.
///
/// With one special prime this is SEAL's key switching bit for bit: digits are the residues, taken between 0 and their
/// prime. With several, a digit covers as many neighbouring primes, and is the centred number that BaseConversion
/// makes of its residues; the remainder of the division by the special primes is centred in the same way. A
/// digit's values modulo a target are operands of the kernels. Targets are independent of each other.
class KeySwitcher {
 public:
  KeySwitcher(const Context& context, int level)
      : ring_(context.ring()),
        primes_(static_cast<std::size_t>(level) + 1),
        digits_(silenda::digit_count(context, level)) {}

  /// Data primes.
  std::size_t prime_count() const { return primes_; }
  std::size_t digit_count() const { return digits_; }
  std::size_t target_count() const { return primes_ + ring_.special_count(); }
  bool is_special(std::size_t target) const { return target >= primes_; }
  /// The number of the prime behind a target.
  std::size_t prime(std::size_t target) const {
    return is_special(target) ? ring_.first_special() + (target - primes_) : target;
  }
  std::size_t degree() const { return ring_.degree(); }

  /// What digits_modulo needs of a polynomial in NTT form, once for all targets: prime_count() polynomials.
  void coefficients(ConstResidues polynomial, Residues out) const;
  /// Modulo one target, in NTT form: digit_count() polynomials of operands.
  void digits_modulo(std::size_t target, ConstResidues polynomial, ConstResidues coefficients, Residues out) const;

  /// Digits modulo a target, lying one after the other, and the key's factors for them.
  class KeyProduct {
   public:
    KeyProduct(const KeySwitcher& switcher, std::size_t target, const KeyStream& key, ConstResidues digits);

    /// All of a request but permutation, addends and outputs. Lives as long as this object.
    kernels::DotRequest request() const;

   private:
    const KeySwitcher& switcher_;
    std::size_t target_;
    kernels::PackedPairs pairs_;
    kernels::DotTerm terms_[kMaxPrimes];
  };

  /// Digits of the polynomial times the key, summed: two polynomials modulo all targets, canonical. The digits are
  /// permuted where there is a permutation: centred ones are those of the permuted polynomial.
  void multiply_by_key(ConstResidues polynomial, const KeyStream& key, Residues first, Residues second,
                       const kernels::Permutation* permutation = nullptr) const;
  bool has_centred_digits() const { return ring_.special_count() > 1; }

  /// (value / special primes) + addend, rounded; canonical, modulo primes 0..level. Value is modulo all targets. The
  /// addend may be null, and out may be either.
  void divide_by_special(ConstResidues value, ConstResidues addend, Residues out) const;
  /// The same followed by the division by the last prime: modulo primes 0..level-1.
  void divide_by_special_and_last(ConstResidues value, ConstResidues addend, Residues out) const;

 private:
  /// The number of the first data prime of a digit.
  std::size_t first_prime(std::size_t digit) const { return digit * ring_.special_count(); }
  const BaseConversion& conversion(std::size_t digit) const;
  void convert(const BaseConversion& from, ConstResidues coefficients, std::size_t to, Residues out) const;
  void remainder(ConstResidues value, Residues out) const;
  void last_remainder(ConstResidues value, ConstResidues addend, ConstResidues special, Residues out) const;
  void fill_remainder(ConstResidues remainder, std::size_t prime, std::uint64_t scale,
                      kernels::CombineTerm* terms) const;

  const Ring& ring_;
  std::size_t primes_;
  std::size_t digits_;
};

/// Value, modulo primes 0..last, divided by prime number last and rounded as SEAL does, plus the addend, which may be
/// null: modulo 0..last-1.
void divide_by_last(const Ring& ring, std::size_t last, ConstResidues value, ConstResidues addend, Residues out);

}  // namespace silenda::fast
