#include "lazy_arithmetic.h"

#include <algorithm>

#include "seal/util/uintarithsmallmod.h"

namespace silenda {
namespace {

__extension__ typedef unsigned __int128 Wide;

/// Two 128-bit accumulators for that many coefficients stay in the first-level cache.
constexpr std::size_t kBlock = 512;

std::uint64_t reduce(Wide value, const seal::Modulus& prime) {
  const std::uint64_t words[2] = {static_cast<std::uint64_t>(value), static_cast<std::uint64_t>(value >> 64)};
  return seal::util::barrett_reduce_128(words, prime);
}

}  // namespace

void sum_products(std::span<const ProductTerm> terms, std::size_t degree, const seal::Modulus& prime,
                  std::uint64_t* first_out, std::uint64_t* second_out) {
  Wide first_sums[kBlock];
  Wide second_sums[kBlock];
  for (std::size_t start = 0; start < degree; start += kBlock) {
    const std::size_t count = std::min(kBlock, degree - start);
    std::fill_n(first_sums, count, Wide{0});
    std::fill_n(second_sums, count, Wide{0});
    for (const ProductTerm& term : terms) {
      const std::uint64_t* plaintext = term.plaintext + start;
      const std::uint64_t* first = term.first + start;
      const std::uint64_t* second = term.second + start;
      for (std::size_t i = 0; i < count; ++i) {
        first_sums[i] += Wide{plaintext[i]} * first[i];
        second_sums[i] += Wide{plaintext[i]} * second[i];
      }
    }
    for (std::size_t i = 0; i < count; ++i) {
      first_out[start + i] = reduce(first_sums[i], prime);
      second_out[start + i] = reduce(second_sums[i], prime);
    }
  }
}

void sum_scaled(std::span<const ScaledTerm> terms, std::size_t degree, const seal::Modulus& prime,
                std::uint64_t* out) {
  Wide sums[kBlock];
  for (std::size_t start = 0; start < degree; start += kBlock) {
    const std::size_t count = std::min(kBlock, degree - start);
    std::fill_n(sums, count, Wide{0});
    for (const ScaledTerm& term : terms) {
      const std::uint64_t* values = term.values + start;
      for (std::size_t i = 0; i < count; ++i) {
        sums[i] += Wide{term.scalar} * values[i];
      }
    }
    for (std::size_t i = 0; i < count; ++i) {
      out[start + i] = reduce(sums[i], prime);
    }
  }
}

}  // namespace silenda
