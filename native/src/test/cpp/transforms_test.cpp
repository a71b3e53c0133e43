// Linear transforms and polynomials on our own kernels beside the same on SEAL's arithmetic.
#include "fast/transform.h"

#include <cmath>
#include <iostream>

#include "check.h"
#include "encoding.h"
#include "fast/operations.h"
#include "key_generation.h"
#include "polynomial_evaluator.h"
#include "symmetric_encryption.h"
#include "tests.h"

namespace silenda::test {
namespace {

constexpr double kScale = 0x1p40;
constexpr int kLevel = 4;
/// Far above the noise of a dozen key switches at this scale (2^-20), far below the slots.
constexpr double kTolerance = 0x1p-12;

class TransformsTest {
 public:
  TransformsTest(const kernels::KernelSet& set, std::size_t degree)
      : context_(std::make_shared<const Context>(degree, std::vector<int>{50, 40, 40, 40, 40, 50}, set)),
        secret_key_{context_, seal::KeyGenerator(context_->seal()).secret_key()},
        keys_(generate_evaluation_keys(secret_key_, context_->max_level(),
                                       {{1, kLevel}, {5, kLevel}, {16, kLevel}, {96, kLevel}})),
        name_(std::string(set.name) + ", degree " + std::to_string(degree)) {}

  void run(std::uint64_t seed) {
    random_.seed(seed);
    what_ = name_ + ", seed " + std::to_string(seed) + ": ";
    const Ciphertext input = encrypt_symmetric(secret_key_, encode(context_, random_values(1), kLevel, kScale));
    transform(input, random_() % 2 == 0);
    for (const Basis basis : {Basis::kMonomial, Basis::kChebyshev}) {
      polynomial(input, basis);
    }
  }

 private:
  std::vector<double> random_values(double bound) {
    std::vector<double> values(context_->slot_count());
    for (double& value : values) {
      value = (static_cast<double>(random_()) * 0x1p-63 - 1) * bound;
    }
    return values;
  }

  void transform(const Ciphertext& input, bool rescale) {
    LinearTransformSpec spec{};
    spec.level = kLevel;
    spec.input_scale = kScale;
    spec.plaintext_scale = 0x1p40;
    spec.rescale = rescale;
    if (rescale) {
      // At the scale of an unrescaled product a bias does not fit into doubles' integers.
      spec.bias = random_values(1);
    }
    for (const int giant : {0, 16, 96}) {
      for (const int baby : {0, 1, 5}) {
        spec.diagonals.push_back({giant, baby, random_values(0.1)});
      }
    }
    const LinearTransform transform(context_, spec);
    const Ciphertext expected = transform.apply(input, keys_);
    const Ciphertext actual = fast::apply(transform, input, keys_);
    check(actual.data.parms_id() == expected.data.parms_id(), what_ + "level of a transform");
    check(actual.data.scale() == expected.data.scale(), what_ + "scale of a transform");
    const std::vector<double> slots = decrypt(secret_key_, actual);
    const std::vector<double> expected_slots = decrypt(secret_key_, expected);
    for (std::size_t i = 0; i < slots.size(); ++i) {
      check(std::abs(slots[i] - expected_slots[i]) < kTolerance, what_ + "slots of a transform");
    }
  }

  void polynomial(const Ciphertext& input, Basis basis) {
    std::vector<double> coefficients(2 + random_() % 14);
    for (double& coefficient : coefficients) {
      coefficient = static_cast<double>(random_()) * 0x1p-63 - 1;
    }
    const Ciphertext expected =
        evaluate_polynomial(seal_arithmetic(), basis, coefficients, input, keys_, kScale);
    const Ciphertext actual =
        evaluate_polynomial(fast::polynomial_arithmetic(), basis, coefficients, input, keys_, kScale);
    const std::size_t words = expected.data.dyn_array().size();
    check(actual.data.dyn_array().size() == words, what_ + "size of a polynomial's value");
    check(std::equal(actual.data.data(), actual.data.data() + words, expected.data.data()),
          what_ + "a polynomial's value");
  }

  ContextPtr context_;
  SecretKey secret_key_;
  EvaluationKeys keys_;
  std::string name_;
  std::mt19937_64 random_;
  std::string what_;
};

}  // namespace

void test_transforms() {
  for (const kernels::KernelSet* set : tested_kernel_sets()) {
    for (const std::size_t degree : {1024U, 4096U}) {
      TransformsTest test(*set, degree);
      for (std::uint64_t seed = 1; seed <= 8192 / degree; ++seed) {
        test.run(seed);
      }
    }
    std::cout << set->name << " kernels: transforms and polynomials agree with SEAL's arithmetic\n";
  }
}

}  // namespace silenda::test
