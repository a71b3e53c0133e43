#pragma once

#include <optional>
#include <span>

#include "values.h"
#include "wiped.h"

/// A plaintext's coefficients are far smaller than its modulus, as a rule: its first one or two primes determine them.
/// So they are computed modulo those alone, and the other primes follow, or are found to agree.
namespace silenda {

/// The level whose primes hold coefficients of that size, with room to spare, and that SEAL can encode at that scale:
/// 0 or 1, if the highest level given is no lower; nothing if it takes more primes.
std::optional<int> level_of_coefficients(const Context& context, int highest_level, double largest, double scale);

/// The coefficients of a plaintext at level 0 or 1, centred. All are below 2^63 in absolute value.
Wiped<std::int64_t> small_coefficients(const Context& context, const seal::Plaintext& plaintext);

/// The polynomial with those coefficients modulo primes by number, one after the other, in NTT form.
void residues_of(const Context& context, std::span<const std::int64_t> coefficients,
                 std::span<const std::size_t> primes, std::uint64_t* out);

/// The same polynomial at level 1, if its coefficients are below half of the first two primes' product: checked
/// for each coefficient with all other primes. Nothing for other polynomials, and for levels 0 and 1. As secret as the
/// plaintext.
std::optional<seal::Plaintext> reduced_to_two_primes(const Context& context, const seal::Plaintext& plaintext);

}  // namespace silenda
