#include "seal_keys.h"

#include "evaluation_keys.h"
#include "seal/util/galois.h"
#include "symmetric_encryption.h"

namespace silenda {

SwitchingKey to_seal(const Context& context, const EvaluationKey& key) {
  const std::size_t degree = context.poly_modulus_degree();
  SwitchingKey digits(key.stream.digit_count());
  for (std::size_t digit = 0; digit < digits.size(); ++digit) {
    digits[digit].data() = zero_ciphertext(context, context.seal().key_parms_id(), 2);
    for (const std::size_t prime : key_primes_of_level(context, key.level)) {
      for (std::size_t polynomial = 0; polynomial < 2; ++polynomial) {
        key.stream.unpack(digit, polynomial, prime, digits[digit].data().data(polynomial) + prime * degree);
      }
    }
  }
  return digits;
}

SealKeys::SealKeys(const Context& context) : context_(context) {
  relinearization_.parms_id() = context.seal().key_parms_id();
  rotation_.parms_id() = context.seal().key_parms_id();
}

/// The lists never grow once they are read, so that a key is read while another one is made.
void SealKeys::make(SwitchingKey& destination, const EvaluationKey& key) {
  if (destination.empty()) {
    destination = to_seal(context_, key);
    bytes_ += destination.size() * destination.front().data().dyn_array().size() * sizeof(std::uint64_t);
  }
}

const seal::RelinKeys& SealKeys::relinearization(const EvaluationKey& key) {
  const std::lock_guard lock(mutex_);
  relinearization_.data().resize(1);
  make(relinearization_.data().front(), key);
  return relinearization_;
}

const seal::GaloisKeys& SealKeys::rotation(int step, const EvaluationKey& key) {
  const std::uint32_t element = context_.key_data().galois_tool()->get_elt_from_step(step);
  const std::lock_guard lock(mutex_);
  rotation_.data().resize(context_.poly_modulus_degree());
  make(rotation_.data().at(seal::GaloisKeys::get_index(element)), key);
  return rotation_;
}

std::size_t SealKeys::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace silenda
