// Fresh randomness of answers, and what it is drawn from.
#include "fast/rerandomization.h"

#include <algorithm>
#include <cmath>
#include <iostream>

#include "check.h"
#include "encoding.h"
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
void test_polynomials(const kernels::KernelSet& set) {
  const auto context = std::make_shared<const Context>(4096, std::vector<int>{36, 34, 36}, set);
  const SecretKey secret_key{context, seal::KeyGenerator(context->seal()).secret_key()};
  const PublicKey public_key = generate_public_key(secret_key);
  const std::vector<double> values(context->slot_count(), 0.5);
  for (int at_level = 0; at_level <= context->max_level(); ++at_level) {
    const Ciphertext original = encrypt_symmetric(secret_key, encode(context, values, at_level, 0x1p20));
    const Ciphertext once = fast::rerandomize(original, public_key);
    const Ciphertext twice = fast::rerandomize(original, public_key);
    for (std::size_t polynomial : {0, 1}) {
      check(share_of_equal_words(original.data, once.data, polynomial) < 1e-3, "an answer keeps its polynomial");
      check(share_of_equal_words(twice.data, once.data, polynomial) < 1e-3, "two answers share a polynomial");
    }
  }
}

}  // namespace

void test_rerandomization() {
  for (const kernels::KernelSet* set : tested_kernel_sets()) {
    test_sampler(*set);
    test_polynomials(*set);
  }
  std::cout << "ciphertexts get fresh randomness, drawn as it should be\n";
}

}  // namespace silenda::test
