#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "fast/ring.h"
#include "seal/seal.h"

namespace silenda {

/// SEAL's tables for one set of CKKS parameters. Immutable, shared by everything made from it.
///
/// A level counts the data primes that are left, less one, which is also SEAL's chain index.
class Context {
 public:
  /// Bit sizes of the data primes, first prime first, then of the special primes. The caller has checked
  /// the security of the modulus: SEAL's own table is looser and ends at degree 32768. Primes are below 2^50.
  Context(std::size_t poly_modulus_degree, const std::vector<int>& prime_bits, const kernels::KernelSet& kernels,
          std::size_t special_count = 1);

  const seal::SEALContext& seal() const { return seal_; }
  const seal::Evaluator& evaluator() const { return evaluator_; }

  /// The same primes for our own kernels.
  const fast::Ring& ring() const { return ring_; }

  std::size_t poly_modulus_degree() const { return poly_modulus_degree_; }
  std::size_t slot_count() const { return poly_modulus_degree_ / 2; }
  int max_level() const { return static_cast<int>(data_by_level_.size()) - 1; }

  /// Throws std::invalid_argument for a level outside 0..max_level().
  const seal::SEALContext::ContextData& data(int level) const;
  const seal::parms_id_type& parms_id(int level) const { return data(level).parms_id(); }
  int level(const seal::parms_id_type& parms_id) const;

  const seal::SEALContext::ContextData& key_data() const { return *seal_.key_context_data(); }
  /// Data primes in order, then the special primes. With several of them SEAL's own key switching does not apply, and
  /// to SEAL they are the last primes of the chain, which no ciphertext reaches.
  const std::vector<seal::Modulus>& primes() const { return key_data().parms().coeff_modulus(); }
  double log2_modulus(int level) const;

  /// Never SEAL's thread-local pool: objects are freed on other threads than the one that made them.
  static seal::MemoryPoolHandle pool() { return seal::MemoryPoolHandle::Global(); }

 private:
  std::size_t poly_modulus_degree_;
  seal::SEALContext seal_;
  seal::Evaluator evaluator_;
  std::vector<std::shared_ptr<const seal::SEALContext::ContextData>> data_by_level_;
  fast::Ring ring_;
};

using ContextPtr = std::shared_ptr<const Context>;

}  // namespace silenda
