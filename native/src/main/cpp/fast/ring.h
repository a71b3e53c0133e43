#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "fast/base_conversion.h"
#include "kernels/automorphism.h"
#include "kernels/embedding_tables.h"
#include "kernels/ntt_tables.h"

namespace silenda::fast {

/// What the kernels need to know of a context: a kernel set, and tables for all primes. Thread-safe.
class Ring {
 public:
  struct Prime {
    std::uint64_t modulus;
    /// The primitive root that SEAL's transform uses.
    std::uint64_t root;
  };

  /// Primes in SEAL's order, the special ones last.
  Ring(const kernels::KernelSet& kernels, int log2_degree, const std::vector<Prime>& primes,
       std::size_t special_count);

  const kernels::KernelSet& kernels() const { return kernels_; }
  std::size_t degree() const { return std::size_t{1} << log2_degree_; }
  std::size_t special_count() const { return special_.count(); }
  std::size_t first_special() const { return special_.first(); }

  const kernels::OwnedEmbeddingTables& embedding() const { return embedding_; }
  const kernels::NttTables& tables(std::size_t prime) const { return tables_[prime].tables(); }
  std::uint64_t modulus(std::size_t prime) const { return tables(prime).modulus; }
  /// The inverse of prime number divisor modulo prime number prime.
  std::uint64_t inverse(std::size_t divisor, std::size_t prime) const {
    return inverses_[divisor * tables_.size() + prime];
  }

  /// From all special primes.
  const BaseConversion& special() const { return special_; }
  /// From the primes of a digit that ends with this data prime. Digits begin at multiples of special_count().
  const BaseConversion& digit_ending_at(std::size_t prime) const { return digits_[prime]; }
  /// The inverse of the product of all special primes modulo a data prime.
  std::uint64_t special_inverse(std::size_t prime) const { return special_inverses_[prime]; }

  /// Built on first use, kept as long as the ring.
  const kernels::Automorphism& automorphism(std::uint32_t element) const;

  void forward(std::size_t prime, const std::uint64_t* in, std::uint64_t* out, kernels::Format format,
               kernels::Format in_format = kernels::Format::kCanonical) const {
    kernels_.forward(tables(prime), in, in_format, out, format);
  }
  void inverse_transform(std::size_t prime, const std::uint64_t* in, std::uint64_t* out) const {
    kernels_.inverse(tables(prime), in, out);
  }

 private:
  const kernels::KernelSet& kernels_;
  int log2_degree_;
  kernels::OwnedEmbeddingTables embedding_;
  std::vector<kernels::OwnedNttTables> tables_;
  std::vector<std::uint64_t> inverses_;
  BaseConversion special_;
  std::vector<BaseConversion> digits_;
  std::vector<std::uint64_t> special_inverses_;
  mutable std::mutex mutex_;
  mutable std::map<std::uint32_t, std::unique_ptr<const kernels::Automorphism>> automorphisms_;
};

}  // namespace silenda::fast
