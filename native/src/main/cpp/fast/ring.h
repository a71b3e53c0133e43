#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "kernels/automorphism.h"
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

  /// Primes in SEAL's order, the special one last.
  Ring(const kernels::KernelSet& kernels, int log2_degree, const std::vector<Prime>& primes);

  const kernels::KernelSet& kernels() const { return kernels_; }
  std::size_t degree() const { return std::size_t{1} << log2_degree_; }
  std::size_t special() const { return tables_.size() - 1; }

  const kernels::NttTables& tables(std::size_t prime) const { return tables_[prime].tables(); }
  std::uint64_t modulus(std::size_t prime) const { return tables(prime).modulus; }
  /// The inverse of prime number divisor modulo prime number prime.
  std::uint64_t inverse(std::size_t divisor, std::size_t prime) const {
    return inverses_[divisor * tables_.size() + prime];
  }

  /// Built on first use, kept as long as the ring.
  const kernels::Automorphism& automorphism(std::uint32_t element) const;

  void forward(std::size_t prime, const std::uint64_t* in, std::uint64_t* out, kernels::Format format) const {
    kernels_.forward(tables(prime), in, out, format);
  }
  void inverse_transform(std::size_t prime, const std::uint64_t* in, std::uint64_t* out) const {
    kernels_.inverse(tables(prime), in, out);
  }

 private:
  const kernels::KernelSet& kernels_;
  int log2_degree_;
  std::vector<kernels::OwnedNttTables> tables_;
  std::vector<std::uint64_t> inverses_;
  mutable std::mutex mutex_;
  mutable std::map<std::uint32_t, std::unique_ptr<const kernels::Automorphism>> automorphisms_;
};

}  // namespace silenda::fast
