#pragma once

#include "context.h"
#include "fast/workspace.h"
#include "seal/publickey.h"

namespace silenda::fast {

/// Polynomials modulo several primes, one after the other, each of ring.degree() words.
using Residues = std::uint64_t*;
using ConstResidues = const std::uint64_t*;

/// Key switching as SEAL does it: the polynomial is cut into its residues, the digits; each is multiplied by its part
/// of the key modulo all primes and the special one; the sum is divided by the special prime. A switch at level l
/// works modulo primes 0..l and the special prime, in this order: l + 2 targets. A digit's values modulo a target
/// are operands of the kernels.
class KeySwitcher {
 public:
  KeySwitcher(const Context& context, int level)
      : ring_(context.ring()), level_(static_cast<std::size_t>(level)), digits_(level_ + 1) {}

  std::size_t digit_count() const { return digits_; }
  std::size_t target_count() const { return digits_ + 1; }
  /// The number of the prime behind a target.
  std::size_t prime(std::size_t target) const { return target == digits_ ? ring_.special() : target; }
  std::size_t degree() const { return ring_.degree(); }

  /// The digits of a polynomial in NTT form: their coefficients.
  void coefficients(ConstResidues polynomial, Residues out) const;
  /// Modulo one target, in NTT form: digit_count() polynomials of operands.
  void digits_modulo(std::size_t target, ConstResidues polynomial, ConstResidues coefficients, Residues out) const;

  /// The key's factors for digits modulo a target, the digits lying one after the other.
  void fill_terms(std::size_t target, const std::vector<seal::PublicKey>& key, ConstResidues digits,
                  kernels::DotTerm* terms) const;

  /// Digits of the polynomial times the key, summed: two polynomials modulo all targets, canonical.
  void multiply_by_key(ConstResidues polynomial, const std::vector<seal::PublicKey>& key, Residues first,
                       Residues second) const;

  /// (value / special prime) + addend, rounded as SEAL does; canonical, modulo primes 0..level. Value is modulo all
  /// targets, and its last polynomial is lost. The addend may be null, and out may be either.
  void divide_by_special(Residues value, ConstResidues addend, Residues out) const;
  /// The same followed by the division by the last prime: modulo primes 0..level-1, the result of two SEAL calls.
  void divide_by_special_and_last(Residues value, ConstResidues addend, Residues out) const;

 private:
  std::uint64_t special_mod(std::size_t prime) const { return ring_.inverse(ring_.special(), prime); }
  void round_special(Residues value, Residues out) const;

  const Ring& ring_;
  std::size_t level_;
  std::size_t digits_;
};

/// Value, modulo primes 0..level, divided by prime number level and rounded as SEAL does: modulo 0..level-1.
void divide_by_last(const Ring& ring, int level, ConstResidues value, Residues out);

}  // namespace silenda::fast
