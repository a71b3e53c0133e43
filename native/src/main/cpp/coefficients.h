#pragma once

#include <span>

#include "values.h"

/// What encoding is between slots and a plaintext's residues: a polynomial with real coefficients.
namespace silenda {

/// The coefficients of the polynomial whose slots are those values times the scale, the rest zero; rounded to integers,
/// which must be below 2^63 in absolute value. They are what SEAL's encoder computes, up to the rounding of doubles.
void coefficients_of(const Context& context, std::span<const double> values, double scale, std::int64_t* out);

/// The polynomial with those coefficients modulo primes by number, one after the other, in NTT form.
void residues_of(const Context& context, std::span<const std::int64_t> coefficients,
                 std::span<const std::size_t> primes, std::uint64_t* out);

/// The centred coefficients of a polynomial in NTT form modulo primes 0..count-1, times a factor: exact up to the
/// rounding of the result to doubles, however many primes there are.
void compose(const Context& context, const std::uint64_t* residues, std::size_t count, double factor, double* out);

/// The real parts of all slots; the coefficients are overwritten.
void slots_of(const Context& context, double* coefficients, std::span<double> out);

}  // namespace silenda
