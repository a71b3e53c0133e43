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

/// Adds that many terms at once, so that the accumulators are read and written once for all of them.
template <std::size_t Terms>
void accumulate(const ProductTerm* terms, std::size_t start, std::size_t count, Wide* first_sums,
                Wide* second_sums) {
  for (std::size_t i = 0; i < count; ++i) {
    Wide first = first_sums[i];
    Wide second = second_sums[i];
    for (std::size_t term = 0; term < Terms; ++term) {
      const Wide plaintext = terms[term].plaintext[start + i];
      first += plaintext * terms[term].first[start + i];
      second += plaintext * terms[term].second[start + i];
    }
    first_sums[i] = first;
    second_sums[i] = second;
  }
}

void accumulate_all(std::span<const ProductTerm> terms, std::size_t start, std::size_t count, Wide* first_sums,
                    Wide* second_sums) {
  constexpr std::size_t kTermsAtOnce = 4;
  std::size_t done = 0;
  for (; done + kTermsAtOnce <= terms.size(); done += kTermsAtOnce) {
    accumulate<kTermsAtOnce>(&terms[done], start, count, first_sums, second_sums);
  }
  for (; done < terms.size(); ++done) {
    accumulate<1>(&terms[done], start, count, first_sums, second_sums);
  }
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
    accumulate_all(terms, start, count, first_sums, second_sums);
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
