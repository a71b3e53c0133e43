// Key switching with several special primes: exactly what schoolbook arithmetic gives, and no more noise than stated.
#include <cmath>
#include <iostream>

#include "check.h"
#include "ciphertext_ops.h"
#include "encoding.h"
#include "fast/operations.h"
#include "key_generation.h"
#include "key_switch_reference.h"
#include "seal/util/galois.h"
#include "symmetric_encryption.h"
#include "tests.h"

namespace silenda::test {
namespace {

struct Parameters {
  std::vector<int> prime_bits;
  std::size_t special_count;
};

/// Digits that fill up and digits that do not; primes on both sides of what the kernels treat differently; more special
/// primes than a kernel adds products of at once.
const Parameters kParameters[] = {
    {{50, 40, 40, 40, 40, 46, 46}, 2},
    {{44, 30, 35, 30, 40, 40, 40}, 3},
    {{36, 34, 40, 40}, 2},
    {{50, 50, 50, 50, 50, 50, 50, 50, 50, 50}, 4},
    {{30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 31, 31, 31, 31, 31, 31, 31, 31, 31}, 9},
    {{49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50}, 10},
};

class HybridTest {
 public:
  HybridTest(const kernels::KernelSet& set, const Parameters& parameters)
      : context_(std::make_shared<const Context>(kDegree, parameters.prime_bits, set, parameters.special_count)),
        reference_(*context_),
        secret_key_{context_, seal::KeyGenerator(context_->seal()).secret_key()},
        // The step's key is made for the highest level, and is used below it, too.
        keys_(generate_evaluation_keys(secret_key_, context_->max_level(), {{kStep, context_->max_level()}})),
        name_(std::string(set.name) + " kernels, " + std::to_string(parameters.special_count) + " special primes, ") {}

  void run(int level) {
    random_.seed(static_cast<std::uint64_t>(level));
    what_ = name_ + "level " + std::to_string(level) + ": ";
    const std::vector<double> values = random_values();
    const Ciphertext left = encrypt_symmetric(secret_key_, encode(context_, values, level, kScale));
    rotation(left, values);
    const Ciphertext square = fast::square(left);
    const Ciphertext relinearized = relinearization(square);
    if (level > 0) {
      fused_rescale(square, relinearized);
    }
  }

 private:
  static constexpr int kStep = 5;
  static constexpr double kScale = 0x1p14;

  std::vector<double> random_values() {
    std::vector<double> values(context_->slot_count());
    for (double& value : values) {
      value = static_cast<double>(random_()) * 0x1p-63 - 1;
    }
    return values;
  }

  std::vector<std::size_t> primes(const Ciphertext& ciphertext) const { return primes_of_level(level(ciphertext)); }

  Polynomial part(const Ciphertext& ciphertext, std::size_t index) const {
    return reference_.coefficients(ciphertext.data.data(index), primes(ciphertext));
  }

  void expect(const Ciphertext& actual, std::size_t index, const Polynomial& expected, const char* operation) const {
    check(part(actual, index) == expected, what_ + operation);
  }

  Polynomial sum(Polynomial a, const Polynomial& b) const {
    for (std::size_t i = 0; i < a.size(); ++i) {
      reference_.add(a[i], b[i], i);
    }
    return a;
  }

  Polynomial rotated(const Polynomial& polynomial) const {
    const std::uint32_t element = context_->key_data().galois_tool()->get_elt_from_step(kStep);
    Polynomial result(polynomial.size(), Words(kDegree));
    for (std::size_t prime = 0; prime < polynomial.size(); ++prime) {
      for (std::size_t k = 0; k < kDegree; ++k) {
        const std::size_t power = k * element % (2 * kDegree);
        const std::uint64_t value = polynomial[prime][k];
        const std::uint64_t negated = value == 0 ? 0 : reference_.modulus(prime) - value;
        result[prime][power % kDegree] = power < kDegree ? value : negated;
      }
    }
    return result;
  }

  void rotation(const Ciphertext& operand, const std::vector<double>& values) const {
    const Ciphertext actual = fast::rotate(operand, kStep, keys_);
    const Polynomial second = rotated(part(operand, 1));
    const SwitchingKey key = to_seal(*context_, keys_.key(kStep));
    expect(actual, 0, sum(reference_.switch_key(second, key, 0), rotated(part(operand, 0))), "rotate, first part");
    expect(actual, 1, reference_.switch_key(second, key, 1), "rotate, second part");
    check_noise(operand, actual, values);
  }

  Ciphertext relinearization(const Ciphertext& square) const {
    const Ciphertext actual = fast::relinearize(square, keys_);
    const SwitchingKey key = to_seal(*context_, keys_.key(0));
    for (std::size_t index = 0; index < 2; ++index) {
      expect(actual, index, sum(reference_.switch_key(part(square, 2), key, index), part(square, index)),
             "relinearize");
    }
    return actual;
  }

  void fused_rescale(const Ciphertext& square, const Ciphertext& relinearized) const {
    const Ciphertext actual = fast::relinearize_rescale(square, keys_);
    for (std::size_t index = 0; index < 2; ++index) {
      expect(actual, index, reference_.divide(part(relinearized, index), primes(relinearized), 1),
             "relinearize_rescale");
    }
  }

  /// Deviation of a slot's error: each digit leaves its size, which is sqrt(count / 12) of its primes' product, times
  /// the key's error (3.2 in each of N coefficients) over the special primes; the division leaves sqrt(count / 12)
  /// in both parts, one of which meets the ternary secret. A slot adds N coefficients.
  double deviation(int level) const {
    const auto& ring = context_->ring();
    const auto degree = static_cast<double>(kDegree);
    double log2_special = 0;
    for (std::size_t i = 0; i < ring.special_count(); ++i) {
      log2_special += std::log2(static_cast<double>(ring.modulus(ring.first_special() + i)));
    }
    double variance = static_cast<double>(ring.special_count()) / 12 * (1 + degree * 2 / 3);
    for (std::size_t first = 0; first <= static_cast<std::size_t>(level); first += ring.special_count()) {
      double log2_digit = 0;
      std::size_t count = 0;
      for (; count < ring.special_count() && first + count <= static_cast<std::size_t>(level); ++count) {
        log2_digit += std::log2(static_cast<double>(ring.modulus(first + count)));
      }
      variance += degree * 3.2 * 3.2 * static_cast<double>(count) / 12 * std::exp2(2 * (log2_digit - log2_special));
    }
    return std::sqrt(degree * variance);
  }

  /// What the rotation adds to the error of the operand. A slot of the secret has a square that is distributed
  /// exponentially, so the tail of its product with a normal error is exp(-sqrt(2) t): in 10^6 slots, 24 deviations are
  /// exceeded once in 10^8 runs.
  void check_noise(const Ciphertext& operand, const Ciphertext& rotation, const std::vector<double>& values) const {
    const std::vector<double> before = decrypt(secret_key_, operand);
    const std::vector<double> after = decrypt(secret_key_, rotation);
    double largest = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      largest = std::max(largest, std::abs(after[i] - before[(i + kStep) % values.size()]));
    }
    const double bound = 24 * deviation(level(operand)) / kScale;
    check(largest < bound, what_ + "error " + std::to_string(largest) + " of a rotation is above " +
                               std::to_string(bound));
    check(largest > bound / 40, what_ + "the bound says nothing");
  }

  ContextPtr context_;
  KeySwitchReference reference_;
  SecretKey secret_key_;
  EvaluationKeys keys_;
  std::string name_;
  std::mt19937_64 random_;
  std::string what_;
};

}  // namespace

void test_hybrid_key_switching() {
  for (const kernels::KernelSet* set : tested_kernel_sets()) {
    int cases = 0;
    for (const Parameters& parameters : kParameters) {
      HybridTest test(*set, parameters);
      const int levels = static_cast<int>(parameters.prime_bits.size() - parameters.special_count);
      for (int level = 0; level < levels; ++level, ++cases) {
        test.run(level);
      }
    }
    std::cout << set->name << " kernels: hybrid key switching is exact in " << cases << " cases\n";
  }
}

}  // namespace silenda::test
