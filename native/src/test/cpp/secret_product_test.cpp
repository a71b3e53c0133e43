// Decryption and encryption on our own kernels.
#include "secret_product.h"

#include <iostream>

#include "check.h"
#include "ciphertext_ops.h"
#include "encoding.h"
#include "seal/util/polyarithsmallmod.h"
#include "small_sampling.h"
#include "symmetric_encryption.h"
#include "tests.h"

namespace silenda::test {
namespace {

class SecretProductTest {
 public:
  explicit SecretProductTest(const kernels::KernelSet& set)
      : context_(std::make_shared<const Context>(2048, std::vector<int>{50, 24, 44, 46, 47, 50}, set)),
        secret_key_{context_, seal::KeyGenerator(context_->seal()).secret_key()},
        what_(std::string(set.name) + " kernels: ") {}

  void run() const {
    for (int level = 0; level <= context_->max_level(); ++level) {
      const Ciphertext two = encrypt_symmetric(secret_key_, encode(context_, std::vector<double>{1, -2}, level, 0x1p10));
      phase(two, level);
      phase(square(two), level);
    }
    for (std::size_t prime = 0; prime < context_->primes().size(); ++prime) {
      mask(prime);
    }
  }

 private:
  void phase(const Ciphertext& ciphertext, int level) const {
    seal::Plaintext expected;
    seal::Decryptor(context_->seal(), secret_key_.data).decrypt(ciphertext.data, expected);
    Words actual(expected.coeff_count());
    multiply_by_secret(*context_, secret_key_.data, ciphertext.data, level, actual.data());
    check(std::equal(actual.begin(), actual.end(), expected.data()),
          what_ + "phase at level " + std::to_string(level) + " is SEAL's");
  }

  /// Adding uniform times the secret key gives the error's coefficients back.
  void mask(std::size_t prime) const {
    const std::size_t degree = context_->poly_modulus_degree();
    const seal::Modulus& modulus = context_->primes()[prime];
    std::mt19937_64 random(prime);
    const Words uniform = random_words(random, degree, modulus.value());
    std::vector<std::int8_t> error(degree);
    SmallSampler(context_->ring().kernels()).error(error);
    Words masked(degree);
    mask_error(*context_, secret_key_.data, prime, error, uniform.data(), masked.data());
    Words product(degree);
    const std::uint64_t* secret = secret_key_.data.data().data() + prime * degree;
    seal::util::dyadic_product_coeffmod(secret, uniform.data(), degree, modulus, product.data());
    seal::util::add_poly_coeffmod(masked.data(), product.data(), degree, modulus, masked.data());
    seal::util::inverse_ntt_negacyclic_harvey(masked.data(), context_->key_data().small_ntt_tables()[prime]);
    for (std::size_t i = 0; i < degree; ++i) {
      const std::uint64_t expected = error[i] < 0 ? modulus.value() - static_cast<std::uint64_t>(-error[i])
                                                  : static_cast<std::uint64_t>(error[i]);
      check(masked[i] == expected, what_ + "error modulo prime " + std::to_string(prime));
    }
  }

  ContextPtr context_;
  SecretKey secret_key_;
  std::string what_;
};

}  // namespace

void test_secret_products() {
  for (const kernels::KernelSet* set : tested_kernel_sets()) {
    SecretProductTest(*set).run();
  }
  std::cout << "decryption is SEAL's, and encryption is its inverse\n";
}

}  // namespace silenda::test
