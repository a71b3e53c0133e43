#pragma once

#include <span>

#include "values.h"

/// Arithmetic with the secret key on our own kernels.
namespace silenda {

/// The phase of a ciphertext modulo primes 0..level, in NTT form: the sum of its polynomials times powers of the
/// secret key. What it decrypts to, and as secret.
void multiply_by_secret(const Context& context, const seal::SecretKey& secret_key, const seal::Ciphertext& ciphertext,
                        int level, std::uint64_t* out);

/// left * right + addend modulo one prime by number, in NTT form: left and addend, which may be null, are operands, right
/// and the result canonical. All of it is secret.
void multiply_add(const fast::Ring& ring, std::size_t prime, const std::uint64_t* left, const std::uint64_t* right,
                  const std::uint64_t* addend, std::uint64_t* out);

/// Minus the secret key modulo one prime, as an operand.
void negate_secret(const Context& context, const seal::SecretKey& secret_key, std::size_t prime, std::uint64_t* out);

/// The polynomial with those coefficients modulo one prime by number, in NTT form, as an operand.
void transform_small(const fast::Ring& ring, std::size_t prime, std::span<const std::int8_t> coefficients,
                     std::uint64_t* out);

/// Modulo one prime by number, in NTT form: the polynomial with those coefficients, less uniform times the secret key.
void mask_error(const Context& context, const seal::SecretKey& secret_key, std::size_t prime,
                std::span<const std::int8_t> error, const std::uint64_t* uniform, std::uint64_t* out);

}  // namespace silenda
