#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "seal/modulus.h"

namespace silenda {

/// One plaintext polynomial times the two polynomials of a ciphertext, all modulo one prime, in NTT form.
struct ProductTerm {
  const std::uint64_t* plaintext;
  const std::uint64_t* first;
  const std::uint64_t* second;
};

/// first_out and second_out become the sums over all terms. Residues are below a prime of at most 50 bits, so
/// products of 100 bits are added without reduction (room for 2^28 terms) and reduced once at the end.
void sum_products(std::span<const ProductTerm> terms, std::size_t degree, const seal::Modulus& prime,
                  std::uint64_t* first_out, std::uint64_t* second_out);

struct ScaledTerm {
  std::uint64_t scalar;
  const std::uint64_t* values;
};

/// out becomes the sum of scalar * values over all terms, with the same lazy reduction.
void sum_scaled(std::span<const ScaledTerm> terms, std::size_t degree, const seal::Modulus& prime,
                std::uint64_t* out);

}  // namespace silenda
