// Our operations on ciphertexts, bit for bit against SEAL's.
#include "fast/operations.h"

#include <iostream>

#include "check.h"
#include "ciphertext_ops.h"
#include "encoding.h"
#include "kernels/dispatch.h"
#include "key_generation.h"
#include "symmetric_encryption.h"
#include "tests.h"

namespace silenda::test {
namespace {

struct Parameters {
  std::size_t degree;
  std::vector<int> prime_bits;
};

const Parameters kParameters[] = {
    {1024, {30, 20, 25}},          {1024, {50, 50, 50, 50}},      {2048, {50, 40, 40, 40, 40, 50}},
    {4096, {36, 34, 36}},          {4096, {49, 47, 46, 45, 20}},  {8192, {49, 34, 25, 34, 24, 48}},
    {8192, {50, 49, 48, 47, 46, 45, 44, 43, 50}},
};

class OperationsTest {
 public:
  OperationsTest(const kernels::KernelSet& set, const Parameters& parameters)
      : context_(std::make_shared<const Context>(parameters.degree, parameters.prime_bits, set)),
        secret_key_{context_, seal::KeyGenerator(context_->seal()).secret_key()},
        keys_(generate_evaluation_keys(secret_key_, context_->max_level(), steps())),
        name_(std::string(set.name) + ", degree " + std::to_string(parameters.degree)) {}

  int run(std::uint64_t seed) {
    random_.seed(seed);
    what_ = name_ + ", seed " + std::to_string(seed) + ": ";
    const int at_level = static_cast<int>(random_() % static_cast<std::uint64_t>(context_->max_level() + 1));
    const Ciphertext left = random_ciphertext(at_level);
    const Ciphertext right = random_ciphertext(at_level);
    const Plaintext plaintext = random_plaintext(at_level);
    const Ciphertext product = multiply(left, right);
    expect_equal(fast::multiply(left, right), product, "multiply");
    expect_equal(fast::square(left), square(left), "square");
    expect_equal(fast::multiply_plain(left, plaintext), multiply_plain(left, plaintext), "multiply_plain");
    expect_equal(fast::multiply_plain(product, plaintext), multiply_plain(product, plaintext),
                 "multiply_plain of size 3");
    expect_equal(fast::relinearize(product, keys_), relinearize(product, keys_), "relinearize");
    for (const auto& [step, level] : steps()) {
      expect_equal(fast::rotate(left, step, keys_), rotate(left, step, keys_), "rotate " + std::to_string(step));
    }
    if (at_level > 0) {
      expect_equal(fast::rescale(product), rescale(product), "rescale");
      expect_equal(fast::relinearize_rescale(product, keys_), rescale(relinearize(product, keys_)),
                   "relinearize_rescale");
      expect_equal(fast::square_relinearize_rescale(left, keys_), square_relinearize_rescale(left, keys_),
                   "square_relinearize_rescale");
    }
    return at_level > 0 ? 10 : 7;
  }

 private:
  std::map<int, int> steps() const {
    const int slots = static_cast<int>(context_->slot_count());
    const int top = context_->max_level();
    return {{1, top}, {slots - 3, top}, {64, top}};
  }

  Plaintext random_plaintext(int at_level) {
    std::vector<double> values(context_->slot_count());
    for (double& value : values) {
      value = static_cast<double>(random_()) * 0x1p-63 - 1;
    }
    return encode(context_, values, at_level, 0x1p8);
  }

  Ciphertext random_ciphertext(int at_level) {
    return encrypt_symmetric(secret_key_, random_plaintext(at_level));
  }

  void expect_equal(const Ciphertext& actual, const Ciphertext& expected, const std::string& operation) const {
    check(actual.data.parms_id() == expected.data.parms_id(), what_ + operation + " level");
    check(actual.data.size() == expected.data.size(), what_ + operation + " size");
    check(actual.data.scale() == expected.data.scale(), what_ + operation + " scale");
    check(actual.data.is_ntt_form() == expected.data.is_ntt_form(), what_ + operation + " form");
    const std::size_t words = actual.data.dyn_array().size();
    check(std::equal(actual.data.data(), actual.data.data() + words, expected.data.data()), what_ + operation);
  }

  ContextPtr context_;
  SecretKey secret_key_;
  EvaluationKeys keys_;
  std::string name_;
  std::mt19937_64 random_;
  std::string what_;
};

}  // namespace

void test_operations() {
  for (const kernels::KernelSet* set : tested_kernel_sets()) {
    int cases = 0;
    for (const Parameters& parameters : kParameters) {
      OperationsTest test(*set, parameters);
      const std::uint64_t seeds = 65536 / parameters.degree;
      for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        cases += test.run(seed);
      }
    }
    std::cout << set->name << " kernels: " << cases << " operations on random ciphertexts agree with SEAL\n";
  }
}

}  // namespace silenda::test
