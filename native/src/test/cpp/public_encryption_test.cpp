// Encryption under the public key, fresh randomness of answers, and what they are drawn from.
#include "fast/public_encryption.h"

#include <algorithm>
#include <cmath>
#include <iostream>

#include "check.h"
#include "ciphertext_ops.h"
#include "encoding.h"
#include "secret_product.h"
#include "small_sampling.h"
#include "symmetric_encryption.h"
#include "tests.h"

namespace silenda::test {
namespace {

constexpr std::size_t kDraws = 1U << 20;
/// Exceeded by one healthy run in 500 million.
constexpr double kDeviations = 6;

double mean_power(const std::vector<std::int8_t>& values, int power) {
  double sum = 0;
  for (const std::int8_t value : values) {
    sum += std::pow(static_cast<double>(value), power);
  }
  return sum / static_cast<double>(values.size());
}

void expect_close(double actual, double expected, double deviation, const std::string& what) {
  check(std::abs(actual - expected) < kDeviations * deviation / std::sqrt(kDraws),
        what + ": " + std::to_string(actual) + " instead of " + std::to_string(expected));
}

void test_sampler(const kernels::KernelSet& set) {
  SmallSampler sampler(set);
  std::vector<std::int8_t> draws(kDraws);
  sampler.error(draws);
  // Of 42 coins the variance is 42/4, the fourth moment 3 (42/4)^2 - 42/8.
  const double variance = 10.5;
  const double fourth = 3 * variance * variance - 5.25;
  expect_close(mean_power(draws, 1), 0, std::sqrt(variance), "mean error");
  expect_close(mean_power(draws, 2), variance, std::sqrt(fourth - variance * variance), "variance of errors");
  expect_close(mean_power(draws, 3), 0, std::sqrt(15 * variance * variance * variance), "third moment of errors");
  for (const std::int8_t draw : draws) {
    check(std::abs(draw) <= 21, "an error of " + std::to_string(draw));
  }
  sampler.ternary(draws);
  for (const int value : {-1, 0, 1}) {
    const auto count = static_cast<double>(std::count(draws.begin(), draws.end(), static_cast<std::int8_t>(value)));
    expect_close(count / kDraws, 1.0 / 3, std::sqrt(2.0 / 9), "share of " + std::to_string(value));
  }
}

double share_of_equal_words(const seal::Ciphertext& left, const seal::Ciphertext& right, std::size_t polynomial) {
  const std::size_t words = left.coeff_modulus_size() * left.poly_modulus_degree();
  std::size_t equal = 0;
  for (std::size_t i = 0; i < words; ++i) {
    equal += left.data(polynomial)[i] == right.data(polynomial)[i] ? 1 : 0;
  }
  return static_cast<double>(equal) / static_cast<double>(words);
}

/// Both polynomials are new: residues agree as often as random ones, that is, next to never.
void expect_fresh(const Ciphertext& left, const Ciphertext& right) {
  for (std::size_t polynomial : {0, 1}) {
    check(share_of_equal_words(left.data, right.data, polynomial) < 1e-3, "two ciphertexts share a polynomial");
  }
}

class PublicEncryptionTest {
 public:
  PublicEncryptionTest(const kernels::KernelSet& set, std::size_t special_count)
      : context_(std::make_shared<const Context>(4096, std::vector<int>{36, 30, 24, 36, 36}, set, special_count)),
        secret_key_{context_, seal::KeyGenerator(context_->seal()).secret_key()},
        public_key_(generate_public_key(secret_key_)),
        values_(context_->slot_count(), 0.5),
        what_(std::string(set.name) + ", " + std::to_string(special_count) + " special primes, level ") {}

  void run(int at_level) const {
    const Plaintext plaintext = encode(context_, values_, at_level, 0x1p20);
    const Ciphertext encrypted = fast::encrypt(public_key_, plaintext);
    check(encrypted.data.parms_id() == plaintext.data.parms_id() && encrypted.data.scale() == plaintext.data.scale(),
          what_ + std::to_string(at_level) + ": level and scale of an encryption");
    expect_fresh(encrypted, fast::encrypt(public_key_, plaintext));
    expect_error(encrypted, plaintext, 0);
    const Ciphertext original = encrypt_symmetric(secret_key_, plaintext);
    const Ciphertext once = fast::rerandomize(original, public_key_);
    expect_fresh(once, original);
    expect_fresh(once, fast::rerandomize(original, public_key_));
    expect_error(once, plaintext, kVariance);
  }

 private:
  static constexpr double kVariance = 10.5;

  /// Of the error that the operand had, and of rounding both polynomials, the second times the secret key. What is left
  /// of the errors before the division is a millionth of that. The
  /// estimate has a deviation of 3.2 percent.
  void expect_error(const Ciphertext& ciphertext, const Plaintext& plaintext, double variance_before) const {
    const double expected = variance_before + 1.0 / 12 + secret_weight() / 12;
    double sum = 0;
    for (const double error : errors(ciphertext, plaintext)) {
      sum += error * error;
    }
    const double actual = sum / static_cast<double>(context_->poly_modulus_degree());
    check(std::abs(actual - expected) < kDeviations * 0.032 * expected,
          what_ + std::to_string(level(ciphertext)) + ": errors of variance " + std::to_string(actual) + " instead of " +
              std::to_string(expected));
  }

  /// Modulo the first prime, which is far larger than they are.
  std::vector<double> errors(const Ciphertext& ciphertext, const Plaintext& plaintext) const {
    const fast::Ring& ring = context_->ring();
    Words phase(ring.degree() * ciphertext.data.coeff_modulus_size());
    multiply_by_secret(*context_, secret_key_.data, ciphertext.data, level(ciphertext), phase.data());
    for (std::size_t i = 0; i < ring.degree(); ++i) {
      phase[i] = (phase[i] + ring.modulus(0) - plaintext.data.data()[i]) % ring.modulus(0);
    }
    return centred(phase);
  }

  double secret_weight() const {
    double weight = 0;
    for (const double coefficient : centred({secret_key_.data.data().data(), secret_key_.data.data().data() + 4096})) {
      weight += std::abs(coefficient);
    }
    return weight;
  }

  std::vector<double> centred(Words polynomial) const {
    const fast::Ring& ring = context_->ring();
    ring.inverse_transform(0, polynomial.data(), polynomial.data());
    std::vector<double> coefficients;
    for (std::size_t i = 0; i < ring.degree(); ++i) {
      const auto value = static_cast<std::int64_t>(polynomial[i]);
      const auto modulus = static_cast<std::int64_t>(ring.modulus(0));
      coefficients.push_back(static_cast<double>(value > modulus / 2 ? value - modulus : value));
    }
    return coefficients;
  }

  ContextPtr context_;
  SecretKey secret_key_;
  PublicKey public_key_;
  std::vector<double> values_;
  std::string what_;
};

/// At every level, with a special prime and with two.
void test_encryptions(const kernels::KernelSet& set) {
  for (std::size_t special_count : {1, 2}) {
    const PublicEncryptionTest test(set, special_count);
    for (int at_level = 0; at_level <= 4 - static_cast<int>(special_count); ++at_level) {
      test.run(at_level);
    }
  }
}

}  // namespace

void test_public_encryption() {
  for (const kernels::KernelSet* set : tested_kernel_sets()) {
    test_sampler(*set);
    test_encryptions(*set);
  }
  std::cout << "public-key encryptions are fresh, and their errors as stated\n";
}

}  // namespace silenda::test
