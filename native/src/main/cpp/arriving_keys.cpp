#include "arriving_keys.h"

#include <stdexcept>
#include <string>

#include "symmetric_encryption.h"

namespace silenda {

ArrivingKeys::ArrivingKeys(ContextPtr context) : context_(std::move(context)), keys_(context_) {}

void ArrivingKeys::add_digit(int step, int level, const seal::prng_seed_type& seed) {
  context_->data(level);
  if (arriving_ && arriving_->step != step) {
    complete();
  }
  if (!arriving_) {
    arriving_ = Incomplete{step, level};
  }
  if (keys_.has(step) || arriving_->level != level || arriving_->digits.size() == digit_count(*context_, level)) {
    throw std::invalid_argument("a key for level " + std::to_string(level) + " has no further digit");
  }
  seal::Ciphertext digit = zero_ciphertext(*context_, context_->seal().key_parms_id(), 2);
  expand_second(*context_, key_primes_of_level(*context_, level), seed, SeedPurpose::kEvaluationKey, digit);
  arriving_->digits.emplace_back().data() = std::move(digit);
  arriving_->seeds.push_back(seed);
}

seal::Ciphertext& ArrivingKeys::digit(int step, std::size_t index) {
  if (!arriving_ || arriving_->step != step || index >= arriving_->digits.size()) {
    throw std::invalid_argument("digit " + std::to_string(index) + " of the key for step " + std::to_string(step) +
                                " is not arriving");
  }
  return arriving_->digits[index].data();
}

void ArrivingKeys::complete() {
  if (arriving_->digits.size() != digit_count(*context_, arriving_->level)) {
    throw std::invalid_argument("the key for step " + std::to_string(arriving_->step) + " lacks digits");
  }
  keys_.add(arriving_->step, arriving_->level, std::move(arriving_->seeds), arriving_->digits);
  arriving_.reset();
}

EvaluationKeys ArrivingKeys::finish() {
  if (arriving_) {
    complete();
  }
  return std::exchange(keys_, EvaluationKeys(context_));
}

std::size_t ArrivingKeys::native_bytes() const {
  std::size_t bytes = keys_.native_bytes();
  if (arriving_) {
    for (const seal::PublicKey& digit : arriving_->digits) {
      bytes += digit.data().dyn_array().size() * sizeof(std::uint64_t);
    }
  }
  return bytes;
}

}  // namespace silenda
