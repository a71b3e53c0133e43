// Encoding and decoding on our own transforms, beside SEAL's.
#include "encoding.h"

#include <cmath>
#include <iostream>
#include <map>

#include "check.h"
#include "coefficients.h"
#include "tests.h"

namespace silenda::test {
namespace {

struct Chain {
  std::size_t degree;
  std::vector<int> prime_bits;
  std::uint64_t seeds;
};

const Chain kChains[] = {{1024, {30, 20, 25, 30}, 3},  {2048, {50, 40, 40, 40, 40, 50}, 3},
                         {2048, {24, 50, 20}, 3},      {4096, {49, 34, 25, 34, 24, 48}, 3},
                         {8192, {49, 34, 25, 48}, 1},  {16384, {50, 40, 50}, 1},
                         {32768, {50, 40, 50}, 1},     {65536, {50, 40, 50}, 1}};

/// Both transforms round in each layer; half of an integer may go either way.
constexpr double kRounding = 16 * 0x1p-53;

/// What the first kernel set made of the same input: all make the same.
std::map<std::string, Words>& first_results() {
  static std::map<std::string, Words> results;
  return results;
}

class EncodingTest {
 public:
  EncodingTest(const kernels::KernelSet& set, const Chain& chain)
      : context_(std::make_shared<const Context>(chain.degree, chain.prime_bits, set)),
        seal_encoder_(context_->seal()),
        set_(set.name),
        chain_("degree " + std::to_string(chain.degree) + " of " + std::to_string(chain.prime_bits.size()) +
               " primes") {}

  int run(std::uint64_t seed) {
    random_.seed(seed);
    int cases = 0;
    for (int level = 0; level <= context_->max_level(); ++level) {
      for (const double log2_scale : {8.0, 20.5, 30.0, 45.3, 60.0}) {
        if (log2_scale + 2 < context_->log2_modulus(level)) {
          name(seed, level, log2_scale);
          round_trip(level, std::exp2(log2_scale));
          ++cases;
        }
      }
      name(seed, level, 8);
      large(level);
      composed(level);
    }
    return cases;
  }

 private:
  void name(std::uint64_t seed, int level, double log2_scale) {
    input_ = chain_ + ", seed " + std::to_string(seed) + ", level " + std::to_string(level) + ", scale 2^" +
             std::to_string(log2_scale);
    what_ = set_ + ", " + input_ + ": ";
  }

  std::vector<double> random_values() {
    std::vector<double> values(context_->slot_count());
    for (double& value : values) {
      value = static_cast<double>(random_()) * 0x1p-63 - 1;
    }
    return values;
  }

  seal::Plaintext encode_with_seal(const std::vector<double>& values, const seal::parms_id_type& parms_id,
                                   double scale) {
    seal::Plaintext plaintext;
    seal_encoder_.encode(values, parms_id, scale, plaintext, Context::pool());
    return plaintext;
  }

  void round_trip(int level, double scale) {
    const std::vector<double> values = random_values();
    const Plaintext plaintext = encode(context_, values, level, scale);
    const seal::Plaintext expected = encode_with_seal(values, context_->parms_id(level), scale);
    check(plaintext.data.parms_id() == expected.parms_id() && plaintext.data.scale() == expected.scale(),
          what_ + "level and scale");
    check(plaintext.data.coeff_count() == expected.coeff_count(), what_ + "size");
    const std::vector<std::int64_t> coefficients = encoded_coefficients(values, scale);
    for (int prime = 0; prime <= level; ++prime) {
      near(coefficients, expected.data(), static_cast<std::size_t>(prime), plaintext.data.data());
    }
    const Words words(plaintext.data.data(), plaintext.data.data() + plaintext.data.coeff_count());
    check(first_results().try_emplace(input_, words).first->second == words, what_ + "the same with all kernels");
    with_special(values, level, scale, words);
    same_values(decoded(plaintext.data), values, scale);
  }

  std::vector<std::int64_t> encoded_coefficients(const std::vector<double>& values, double scale) const {
    std::vector<std::int64_t> result(context_->poly_modulus_degree());
    coefficients_of(*context_, values, scale, result.data());
    return result;
  }

  /// Modulo one prime: ours are those coefficients, and SEAL's differ by no more than rounding.
  void near(const std::vector<std::int64_t>& coefficients, const std::uint64_t* expected, std::size_t prime,
            const std::uint64_t* actual) const {
    const std::size_t degree = coefficients.size();
    const auto modulus = static_cast<std::int64_t>(context_->primes()[prime].value());
    Words seal(expected + prime * degree, expected + (prime + 1) * degree);
    Words ours(actual + prime * degree, actual + (prime + 1) * degree);
    const auto& tables = context_->key_data().small_ntt_tables()[prime];
    seal::util::inverse_ntt_negacyclic_harvey(seal.data(), tables);
    seal::util::inverse_ntt_negacyclic_harvey(ours.data(), tables);
    double largest = 0;
    for (const std::int64_t value : coefficients) {
      largest = std::max(largest, std::abs(static_cast<double>(value)));
    }
    for (std::size_t i = 0; i < degree; ++i) {
      const std::int64_t residue = (coefficients[i] % modulus + modulus) % modulus;
      check(ours[i] == static_cast<std::uint64_t>(residue), what_ + "residues of the coefficients");
      const std::int64_t difference = (residue - static_cast<std::int64_t>(seal[i]) + modulus) % modulus;
      const std::int64_t distance = std::min(difference, modulus - difference);
      check(static_cast<double>(distance) <= 1 + largest * kRounding, what_ + "distance from SEAL's coefficients");
    }
  }

  void with_special(const std::vector<double>& values, int level, double scale, const Words& encoded) const {
    const Words residues = encode_with_special(context_, values, level, scale);
    check(std::equal(encoded.begin(), encoded.end(), residues.begin()), what_ + "residues modulo data primes");
    const std::vector<std::int64_t> coefficients = encoded_coefficients(values, scale);
    Words special(coefficients.size());
    const std::size_t prime = context_->primes().size() - 1;
    residues_of(*context_, coefficients, std::span(&prime, 1), special.data());
    check(std::equal(special.begin(), special.end(), residues.begin() + static_cast<std::ptrdiff_t>(encoded.size())),
          what_ + "residues modulo the special prime");
  }

  /// Within the rounding of sums of so many terms of the size of the largest. SEAL's words of 64 bits are rounded to
  /// doubles before they cancel, which leaves 2^11 in a coefficient of any size.
  std::vector<double> decoded(const seal::Plaintext& plaintext) {
    std::vector<double> expected;
    seal_encoder_.decode(plaintext, expected, Context::pool());
    const std::vector<double> actual = decode(*context_, plaintext);
    double largest = 0;
    for (const double value : expected) {
      largest = std::max(largest, std::abs(value));
    }
    const double of_seal = 0x1p11 * deviations() / plaintext.scale();
    for (std::size_t i = 0; i < expected.size(); ++i) {
      check(std::abs(actual[i] - expected[i]) <= largest * 0x1p-46 + of_seal, what_ + "decoded slots");
    }
    return actual;
  }

  /// Seven deviations of a slot when each coefficient is off by one.
  double deviations() const { return 7 * std::sqrt(static_cast<double>(context_->poly_modulus_degree())); }

  /// The numbers that were encoded come back, but for the rounding of coefficients to integers and of doubles.
  void same_values(const std::vector<double>& actual, const std::vector<double>& values, double scale) const {
    for (std::size_t i = 0; i < values.size(); ++i) {
      check(std::abs(actual[i] - values[i]) <= 0.5 * deviations() / scale + 0x1p-46, what_ + "values come back");
    }
  }

  /// Any residues at all: coefficients as large as the modulus.
  void large(int level) {
    const std::size_t degree = context_->poly_modulus_degree();
    seal::Plaintext plaintext = encode_with_seal(random_values(), context_->parms_id(level), 256);
    for (std::size_t prime = 0; prime <= static_cast<std::size_t>(level); ++prime) {
      const Words words = random_words(random_, degree, context_->primes()[prime].value());
      std::copy(words.begin(), words.end(), plaintext.data() + prime * degree);
    }
    decoded(plaintext);
  }

  /// Numbers of any size up to half of the modulus come back, to the last bit where a double holds them.
  void composed(int level) {
    const int bits = static_cast<int>(std::min(62.0, context_->log2_modulus(level) - 2));
    std::vector<std::int64_t> coefficients(context_->poly_modulus_degree());
    for (std::int64_t& value : coefficients) {
      value = static_cast<std::int64_t>(random_()) >> (63 - random_() % static_cast<std::uint64_t>(bits));
    }
    std::vector<std::size_t> primes(static_cast<std::size_t>(level) + 1);
    for (std::size_t i = 0; i < primes.size(); ++i) {
      primes[i] = i;
    }
    Words residues(primes.size() * coefficients.size());
    residues_of(*context_, coefficients, primes, residues.data());
    std::vector<double> actual(coefficients.size());
    compose(*context_, residues.data(), primes.size(), 0.25, actual.data());
    for (std::size_t i = 0; i < actual.size(); ++i) {
      const double expected = static_cast<double>(coefficients[i]) * 0.25;
      const double tolerance = std::abs(expected) < 0x1p50 ? 0 : std::abs(expected) * 0x1p-51;
      check(std::abs(actual[i] - expected) <= tolerance, what_ + "composed coefficients");
    }
  }

  ContextPtr context_;
  seal::CKKSEncoder seal_encoder_;
  std::string set_;
  std::string chain_;
  std::mt19937_64 random_;
  std::string input_;
  std::string what_;
};

}  // namespace

void test_encoding() {
  for (const kernels::KernelSet* set : tested_kernel_sets()) {
    int cases = 0;
    for (const Chain& chain : kChains) {
      EncodingTest test(*set, chain);
      for (std::uint64_t seed = 1; seed <= chain.seeds; ++seed) {
        cases += test.run(seed);
      }
    }
    std::cout << set->name << " kernels: " << cases << " encodings are SEAL's up to rounding\n";
  }
}

}  // namespace silenda::test
