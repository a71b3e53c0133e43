#include "fast/key_switch.h"

#include <algorithm>

#include "fast/pool.h"

namespace silenda::fast {

using kernels::CombineTerm;
using kernels::Format;
using kernels::multiply_mod;

namespace {

std::uint64_t negate(std::uint64_t value, std::uint64_t modulus) { return value == 0 ? 0 : modulus - value; }

/// A polynomial that is absent weighs nothing.
void combine_canonical(const Ring& ring, std::size_t prime, std::initializer_list<CombineTerm> terms,
                       const std::uint64_t* addend, std::uint64_t* out, Format format) {
  CombineTerm present[2];
  const auto end = std::copy_if(terms.begin(), terms.end(), present,
                                [](const CombineTerm& term) { return term.values != nullptr; });
  ring.kernels().combine({ring.modulus(prime), present, static_cast<std::size_t>(end - present), 0, addend,
                          ring.degree()},
                         out, format);
}

void combine_centred(const Ring& ring, std::size_t prime, const CombineTerm* terms, std::size_t count,
                     std::uint64_t* out) {
  ring.kernels().combine({ring.modulus(prime), terms, count, 0, nullptr, ring.degree(), Format::kCentred}, out,
                         Format::kOperand);
}

/// To the centred coefficients of the polynomial times a factor.
void centre(const Ring& ring, std::size_t prime, ConstResidues polynomial, std::uint64_t factor, Residues out) {
  ring.inverse_transform(prime, polynomial, out);
  combine_canonical(ring, prime, {{out, factor}}, nullptr, out, Format::kCentred);
}

std::uint64_t half(const Ring& ring, std::size_t prime) { return ring.modulus(prime) / 2; }

const std::uint64_t* at(const Ring& ring, ConstResidues value, std::size_t index) {
  return value == nullptr ? nullptr : value + index * ring.degree();
}

}  // namespace

const BaseConversion& KeySwitcher::conversion(std::size_t digit) const {
  return ring_.digit_ending_at(std::min(first_prime(digit + 1), primes_) - 1);
}

void KeySwitcher::coefficients(ConstResidues polynomial, Residues out) const {
  parallel_for(primes_, [&](std::size_t i) {
    const std::size_t offset = i * degree();
    if (ring_.special_count() == 1) {
      ring_.inverse_transform(i, polynomial + offset, out + offset);
    } else {
      const std::size_t digit = i / ring_.special_count();
      centre(ring_, i, polynomial + offset, conversion(digit).factor(i - first_prime(digit)), out + offset);
    }
  });
}

void KeySwitcher::digits_modulo(std::size_t target, ConstResidues polynomial, ConstResidues coefficients,
                                Residues out) const {
  parallel_for(digits_, [&](std::size_t digit) {
    const BaseConversion& from = conversion(digit);
    Residues of_digit = out + digit * degree();
    if (target >= from.first() && target < from.first() + from.count()) {
      ring_.kernels().to_operand(ring_.modulus(target), polynomial + target * degree(), of_digit, degree());
    } else if (ring_.special_count() == 1) {
      ring_.forward(prime(target), coefficients + digit * degree(), of_digit, Format::kOperand);
    } else {
      convert(from, coefficients, prime(target), of_digit);
      ring_.forward(prime(target), of_digit, of_digit, Format::kOperand, Format::kOperand);
    }
  });
}

void KeySwitcher::convert(const BaseConversion& from, ConstResidues coefficients, std::size_t to,
                          Residues out) const {
  CombineTerm terms[kMaxPrimes];
  for (std::size_t i = 0; i < from.count(); ++i) {
    const std::size_t source = from.first() + i;
    terms[i] = {coefficients + source * degree(), from.weight(i, to), half(ring_, source)};
  }
  combine_centred(ring_, to, terms, from.count(), out);
}

KeySwitcher::KeyProduct::KeyProduct(const KeySwitcher& switcher, std::size_t target, const KeyStream& key,
                                    ConstResidues digits)
    : switcher_(switcher), target_(target), pairs_(key.pairs(switcher.prime(target))) {
  for (std::size_t i = 0; i < switcher.digit_count(); ++i) {
    terms_[i] = {digits + i * switcher.degree(), nullptr, nullptr};
  }
}

kernels::DotRequest KeySwitcher::KeyProduct::request() const {
  kernels::DotRequest request{};
  request.modulus = switcher_.ring_.modulus(switcher_.prime(target_));
  request.terms = terms_;
  request.term_count = switcher_.digit_count();
  request.pairs = &pairs_;
  request.shared_format = Format::kOperand;
  request.end = switcher_.degree();
  return request;
}

void KeySwitcher::multiply_by_key(ConstResidues polynomial, const KeyStream& key, Residues first,
                                  Residues second, const kernels::Permutation* permutation) const {
  Workspace::Frame frame;
  Residues numbers = frame.take(primes_ * degree());
  coefficients(polynomial, numbers);
  parallel_for(target_count(), [&](std::size_t target) {
    Workspace::Frame of_target;
    Residues digits = of_target.take(digits_ * degree());
    digits_modulo(target, polynomial, numbers, digits);
    const KeyProduct product(*this, target, key, digits);
    kernels::DotRequest request = product.request();
    request.permutation = permutation;
    request.first_out = first + target * degree();
    request.second_out = second + target * degree();
    ring_.kernels().dot(request);
  });
}

/// What BaseConversion makes of the residues modulo the special primes: one polynomial each.
void KeySwitcher::remainder(ConstResidues value, Residues out) const {
  parallel_for(ring_.special_count(), [&](std::size_t i) {
    const std::size_t offset = (primes_ + i) * degree();
    centre(ring_, ring_.first_special() + i, value + offset, ring_.special().factor(i), out + i * degree());
  });
}

/// The terms of minus the remainder times a scale, modulo a prime.
void KeySwitcher::fill_remainder(ConstResidues remainder, std::size_t prime, std::uint64_t scale,
                                 CombineTerm* terms) const {
  const std::uint64_t modulus = ring_.modulus(prime);
  for (std::size_t i = 0; i < ring_.special_count(); ++i) {
    const std::uint64_t weight = multiply_mod(ring_.special().weight(i, prime), scale, modulus);
    terms[i] = {remainder + i * degree(), negate(weight, modulus), half(ring_, ring_.first_special() + i)};
  }
}

void KeySwitcher::divide_by_special(ConstResidues value, ConstResidues addend, Residues out) const {
  Workspace::Frame frame;
  Residues special = frame.take(ring_.special_count() * degree());
  remainder(value, special);
  parallel_for(primes_, [&](std::size_t i) {
    Workspace::Frame of_prime;
    Residues lifted = of_prime.take(degree());
    CombineTerm terms[kMaxPrimes];
    const std::uint64_t inverse = ring_.special_inverse(i);
    fill_remainder(special, i, inverse, terms);
    combine_centred(ring_, i, terms, ring_.special_count(), lifted);
    ring_.forward(i, lifted, lifted, Format::kOperand, Format::kOperand);
    combine_canonical(ring_, i, {{value + i * degree(), inverse}, {at(ring_, addend, i), 1}}, lifted,
                      out + i * degree(), Format::kCanonical);
  });
}

/// The remainder of the second division: centred coefficients modulo the last prime.
void KeySwitcher::last_remainder(ConstResidues value, ConstResidues addend, ConstResidues special,
                                 Residues out) const {
  Workspace::Frame frame;
  Residues lifted = frame.take(degree());
  const std::size_t last = primes_ - 1;
  const std::uint64_t inverse = ring_.special_inverse(last);
  CombineTerm terms[kMaxPrimes];
  combine_canonical(ring_, last, {{value + last * degree(), inverse}, {at(ring_, addend, last), 1}}, nullptr, out,
                    Format::kCanonical);
  ring_.inverse_transform(last, out, out);
  fill_remainder(special, last, inverse, terms);
  combine_centred(ring_, last, terms, ring_.special_count(), lifted);
  combine_canonical(ring_, last, {{out, 1}}, lifted, out, Format::kCentred);
}

void KeySwitcher::divide_by_special_and_last(ConstResidues value, ConstResidues addend, Residues out) const {
  Workspace::Frame frame;
  Residues special = frame.take(ring_.special_count() * degree());
  Residues last = frame.take(degree());
  remainder(value, special);
  last_remainder(value, addend, special, last);
  parallel_for(primes_ - 1, [&](std::size_t i) {
    Workspace::Frame of_prime;
    Residues lifted = of_prime.take(degree());
    CombineTerm terms[kMaxPrimes];
    const std::uint64_t modulus = ring_.modulus(i);
    const std::uint64_t inverse = ring_.inverse(primes_ - 1, i);
    const std::uint64_t both = multiply_mod(ring_.special_inverse(i), inverse, modulus);
    fill_remainder(special, i, both, terms);
    terms[ring_.special_count()] = {last, negate(inverse, modulus), half(ring_, primes_ - 1)};
    combine_centred(ring_, i, terms, ring_.special_count() + 1, lifted);
    ring_.forward(i, lifted, lifted, Format::kOperand, Format::kOperand);
    combine_canonical(ring_, i, {{value + i * degree(), both}, {at(ring_, addend, i), inverse}}, lifted,
                      out + i * degree(), Format::kCanonical);
  });
}

void divide_by_last(const Ring& ring, std::size_t last, ConstResidues value, ConstResidues addend, Residues out) {
  Workspace::Frame frame;
  const std::size_t degree = ring.degree();
  Residues remainder = frame.take(degree);
  centre(ring, last, value + last * degree, 1, remainder);
  parallel_for(last, [&](std::size_t i) {
    Workspace::Frame of_prime;
    Residues lifted = of_prime.take(degree);
    const std::uint64_t inverse = ring.inverse(last, i);
    const CombineTerm term{remainder, negate(inverse, ring.modulus(i)), half(ring, last)};
    combine_centred(ring, i, &term, 1, lifted);
    ring.forward(i, lifted, lifted, Format::kOperand, Format::kOperand);
    combine_canonical(ring, i, {{value + i * degree, inverse}, {at(ring, addend, i), 1}}, lifted, out + i * degree,
                      Format::kCanonical);
  });
}

}  // namespace silenda::fast
