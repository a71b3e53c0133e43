#include "fast/key_switch.h"

#include <algorithm>

#include "fast/pool.h"

namespace silenda::fast {

using kernels::CombineTerm;
using kernels::DotTerm;
using kernels::Format;
using kernels::multiply_mod;

namespace {

std::uint64_t negate(std::uint64_t value, std::uint64_t modulus) { return value == 0 ? 0 : modulus - value; }

/// Half a prime, which makes rounding down to rounding to the nearest, modulo another prime.
std::uint64_t half(const Ring& ring, std::size_t divisor, std::size_t prime) {
  return (ring.modulus(divisor) >> 1) % ring.modulus(prime);
}

void combine(const Ring& ring, std::size_t prime, std::initializer_list<CombineTerm> terms, std::uint64_t constant,
             const std::uint64_t* addend, std::uint64_t* out) {
  // A polynomial that is absent weighs nothing.
  CombineTerm present[4];
  const auto end = std::copy_if(terms.begin(), terms.end(), present,
                                [](const CombineTerm& term) { return term.values != nullptr; });
  ring.kernels().combine({ring.modulus(prime), present, static_cast<std::size_t>(end - present), constant, addend,
                          ring.degree()},
                         out, Format::kCanonical);
}

const std::uint64_t* at(const Ring& ring, ConstResidues value, std::size_t index) {
  return value == nullptr ? nullptr : value + index * ring.degree();
}

}  // namespace

void KeySwitcher::coefficients(ConstResidues polynomial, Residues out) const {
  parallel_for(digits_, [&](std::size_t i) {
    ring_.inverse_transform(i, polynomial + i * degree(), out + i * degree());
  });
}

void KeySwitcher::digits_modulo(std::size_t target, ConstResidues polynomial, ConstResidues coefficients,
                                Residues out) const {
  parallel_for(digits_, [&](std::size_t i) {
    if (i == target) {
      ring_.kernels().to_operand(ring_.modulus(i), polynomial + i * degree(), out + i * degree(), degree());
    } else {
      ring_.forward(prime(target), coefficients + i * degree(), out + i * degree(), Format::kOperand);
    }
  });
}

void KeySwitcher::fill_terms(std::size_t target, const std::vector<seal::PublicKey>& key, ConstResidues digits,
                             DotTerm* terms) const {
  const std::size_t offset = prime(target) * degree();
  for (std::size_t i = 0; i < digits_; ++i) {
    terms[i] = {digits + i * degree(), key[i].data().data(0) + offset, key[i].data().data(1) + offset};
  }
}

void KeySwitcher::multiply_by_key(ConstResidues polynomial, const std::vector<seal::PublicKey>& key, Residues first,
                                  Residues second) const {
  Workspace::Frame frame;
  Residues digit_coefficients = frame.take(digits_ * degree());
  coefficients(polynomial, digit_coefficients);
  parallel_for(target_count(), [&](std::size_t target) {
    Workspace::Frame of_target;
    Residues digits = of_target.take(digits_ * degree());
    DotTerm terms[64];
    digits_modulo(target, polynomial, digit_coefficients, digits);
    fill_terms(target, key, digits, terms);
    kernels::DotRequest request{};
    request.modulus = ring_.modulus(prime(target));
    request.terms = terms;
    request.term_count = digits_;
    request.shared_format = Format::kOperand;
    request.first_out = first + target * degree();
    request.second_out = second + target * degree();
    request.end = degree();
    ring_.kernels().dot(request);
  });
}

/// Coefficients modulo the special prime, plus half of it.
void KeySwitcher::round_special(Residues value, Residues out) const {
  Residues last = value + digits_ * degree();
  ring_.inverse_transform(ring_.special(), last, last);
  combine(ring_, ring_.special(), {{last, 1}}, ring_.modulus(ring_.special()) >> 1, nullptr, out);
}

void KeySwitcher::divide_by_special(Residues value, ConstResidues addend, Residues out) const {
  Workspace::Frame frame;
  Residues rounded = frame.take(degree());
  round_special(value, rounded);
  parallel_for(digits_, [&](std::size_t i) {
    Workspace::Frame of_prime;
    Residues lifted = of_prime.take(degree());
    const std::uint64_t modulus = ring_.modulus(i);
    const std::uint64_t inverse = special_mod(i);
    combine(ring_, i, {{rounded, negate(inverse, modulus)}},
            multiply_mod(half(ring_, ring_.special(), i), inverse, modulus), nullptr, lifted);
    ring_.forward(i, lifted, lifted, Format::kOperand);
    combine(ring_, i, {{value + i * degree(), inverse}, {at(ring_, addend, i), 1}}, 0, lifted, out + i * degree());
  });
}

void KeySwitcher::divide_by_special_and_last(Residues value, ConstResidues addend, Residues out) const {
  Workspace::Frame frame;
  Residues rounded = frame.take(degree());
  Residues last = frame.take(degree());
  round_special(value, rounded);
  const std::uint64_t last_modulus = ring_.modulus(level_);
  const std::uint64_t last_inverse = special_mod(level_);
  combine(ring_, level_, {{value + level_ * degree(), last_inverse}, {at(ring_, addend, level_), 1}}, 0, nullptr, last);
  ring_.inverse_transform(level_, last, last);
  const std::uint64_t special_half = multiply_mod(half(ring_, ring_.special(), level_), last_inverse, last_modulus);
  combine(ring_, level_, {{last, 1}, {rounded, negate(last_inverse, last_modulus)}},
          (special_half + (last_modulus >> 1)) % last_modulus, nullptr, last);
  parallel_for(level_, [&](std::size_t i) {
    Workspace::Frame of_prime;
    Residues lifted = of_prime.take(degree());
    const std::uint64_t modulus = ring_.modulus(i);
    const std::uint64_t inverse = ring_.inverse(level_, i);
    const std::uint64_t both = multiply_mod(special_mod(i), inverse, modulus);
    const std::uint64_t halves = (multiply_mod(half(ring_, ring_.special(), i), both, modulus) +
                                  multiply_mod(half(ring_, level_, i), inverse, modulus)) %
                                 modulus;
    combine(ring_, i, {{rounded, negate(both, modulus)}, {last, negate(inverse, modulus)}}, halves, nullptr, lifted);
    ring_.forward(i, lifted, lifted, Format::kOperand);
    combine(ring_, i, {{value + i * degree(), both}, {at(ring_, addend, i), inverse}}, 0, lifted, out + i * degree());
  });
}

void divide_by_last(const Ring& ring, int level, ConstResidues value, Residues out) {
  Workspace::Frame frame;
  const std::size_t degree = ring.degree();
  const auto last_prime = static_cast<std::size_t>(level);
  Residues last = frame.take(degree);
  ring.inverse_transform(last_prime, value + last_prime * degree, last);
  combine(ring, last_prime, {{last, 1}}, ring.modulus(last_prime) >> 1, nullptr, last);
  parallel_for(last_prime, [&](std::size_t i) {
    Workspace::Frame of_prime;
    Residues lifted = of_prime.take(degree);
    const std::uint64_t modulus = ring.modulus(i);
    const std::uint64_t inverse = ring.inverse(last_prime, i);
    combine(ring, i, {{last, negate(inverse, modulus)}}, multiply_mod(half(ring, last_prime, i), inverse, modulus),
            nullptr, lifted);
    ring.forward(i, lifted, lifted, Format::kOperand);
    combine(ring, i, {{value + i * degree, inverse}}, 0, lifted, out + i * degree);
  });
}

}  // namespace silenda::fast
