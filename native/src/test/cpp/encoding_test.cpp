// Encoding through one or two primes, beside SEAL's through all.
#include "encoding.h"

#include <cmath>
#include <iostream>

#include "check.h"
#include "kernels/dispatch.h"
#include "small_coefficients.h"
#include "tests.h"

namespace silenda::test {
namespace {

struct Chain {
  std::size_t degree;
  std::vector<int> prime_bits;
};

const Chain kChains[] = {
    {1024, {30, 20, 25, 30}}, {2048, {50, 40, 40, 40, 40, 50}}, {4096, {49, 34, 25, 34, 24, 48}}, {2048, {24, 50, 20}}};

class EncodingTest {
 public:
  EncodingTest(const kernels::KernelSet& set, const Chain& chain)
      : context_(std::make_shared<const Context>(chain.degree, chain.prime_bits, set)),
        name_(std::string(set.name) + ", degree " + std::to_string(chain.degree)) {}

  int run(std::uint64_t seed) {
    random_.seed(seed);
    int cases = 0;
    for (int level = 0; level <= context_->max_level(); ++level) {
      for (const double log2_scale : {8.0, 20.5, 30.0, 45.3, 60.0}) {
        if (log2_scale + 2 < context_->log2_modulus(level)) {
          what_ = name_ + ", seed " + std::to_string(seed) + ", level " + std::to_string(level) + ", scale 2^" +
                  std::to_string(log2_scale) + ": ";
          round_trip(level, std::exp2(log2_scale));
          ++cases;
        }
      }
      large(level);
    }
    return cases;
  }

 private:
  std::vector<double> random_values() {
    std::vector<double> values(context_->slot_count());
    for (double& value : values) {
      value = static_cast<double>(random_()) * 0x1p-63 - 1;
    }
    return values;
  }

  seal::Plaintext encode_with_seal(const std::vector<double>& values, const seal::parms_id_type& parms_id,
                                   double scale) const {
    seal::Plaintext plaintext;
    context_->encoder().encode(values, parms_id, scale, plaintext, Context::pool());
    return plaintext;
  }

  void round_trip(int level, double scale) {
    const std::vector<double> values = random_values();
    const Plaintext plaintext = encode(context_, values, level, scale);
    const seal::Plaintext expected = encode_with_seal(values, context_->parms_id(level), scale);
    check(plaintext.data.parms_id() == expected.parms_id() && plaintext.data.scale() == expected.scale(),
          what_ + "level and scale");
    check(plaintext.data.coeff_count() == expected.coeff_count(), what_ + "size");
    check(std::equal(expected.data(), expected.data() + expected.coeff_count(), plaintext.data.data()),
          what_ + "residues");
    with_special(values, level, scale);
    decoded(expected);
  }

  void with_special(const std::vector<double>& values, int level, double scale) const {
    const std::size_t degree = context_->poly_modulus_degree();
    const Words residues = encode_with_special(context_, values, level, scale);
    const seal::Plaintext expected = encode_with_seal(values, context_->seal().key_parms_id(), scale);
    const std::size_t data_words = (static_cast<std::size_t>(level) + 1) * degree;
    const std::size_t special = (context_->primes().size() - 1) * degree;
    check(std::equal(residues.begin(), residues.begin() + static_cast<std::ptrdiff_t>(data_words), expected.data()),
          what_ + "residues modulo data primes");
    check(std::equal(residues.end() - static_cast<std::ptrdiff_t>(degree), residues.end(), expected.data() + special),
          what_ + "residues modulo the special prime");
  }

  /// Within the rounding of sums of so many terms of the size of the largest.
  void decoded(const seal::Plaintext& plaintext) const {
    std::vector<double> expected;
    context_->encoder().decode(plaintext, expected, Context::pool());
    const std::vector<double> actual = decode(*context_, plaintext);
    double largest = 0;
    for (const double value : expected) {
      largest = std::max(largest, std::abs(value));
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
      check(std::abs(actual[i] - expected[i]) <= largest * 0x1p-46, what_ + "decoded slots");
    }
  }

  /// Any residues at all: coefficients as large as the modulus, which two primes cannot hold.
  void large(int level) {
    const std::size_t degree = context_->poly_modulus_degree();
    seal::Plaintext plaintext = encode_with_seal(random_values(), context_->parms_id(level), 256);
    for (std::size_t prime = 0; prime <= static_cast<std::size_t>(level); ++prime) {
      const Words words = random_words(random_, degree, context_->primes()[prime].value());
      std::copy(words.begin(), words.end(), plaintext.data() + prime * degree);
    }
    check(!reduced_to_two_primes(*context_, plaintext).has_value(), what_ + "large coefficients stay");
    decoded(plaintext);
  }

  ContextPtr context_;
  std::string name_;
  std::mt19937_64 random_;
  std::string what_;
};

}  // namespace

void test_encoding() {
  for (const kernels::KernelSet* set : tested_kernel_sets()) {
    int cases = 0;
    for (const Chain& chain : kChains) {
      EncodingTest test(*set, chain);
      for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        cases += test.run(seed);
      }
    }
    std::cout << set->name << " kernels: " << cases << " encodings equal SEAL's\n";
  }
}

}  // namespace silenda::test
