#include "arriving_keys.h"

#include <stdexcept>
#include <string>

#include "fast/workspace.h"
#include "symmetric_encryption.h"
#include "wire_packing.h"

namespace silenda {
namespace {

/// The second polynomial.
void expand(const Context& context, int level, const seal::prng_seed_type& seed, fast::KeyStream& digit) {
  const std::size_t degree = context.poly_modulus_degree();
  const UniformExpansion expansion(context.ring().kernels(), seed, SeedPurpose::kEvaluationKey);
  fast::Workspace::Frame frame;
  std::uint64_t* residues = frame.take(degree);
  for (const std::size_t prime : key_primes_of_level(context, level)) {
    expansion.expand(prime, context.primes()[prime], degree, residues);
    digit.pack(0, prime, {residues}, 1);
  }
}

}  // namespace

ArrivingKeys::ArrivingKeys(ContextPtr context) : context_(std::move(context)), keys_(context_) {}

void ArrivingKeys::add_digit(int step, int level, const seal::prng_seed_type& seed) {
  context_->data(level);
  if (arriving_ && arriving_->step != step) {
    complete();
  }
  if (!arriving_) {
    arriving_ = Incomplete{step, level};
  }
  if (keys_.has(step) || arriving_->level != level || arriving_->seeds.size() == digit_count(*context_, level)) {
    throw std::invalid_argument("a key for level " + std::to_string(level) + " has no further digit");
  }
  if (digits_level_ != level) {
    digits_.clear();
    digits_level_ = level;
  }
  if (digits_.size() == arriving_->seeds.size()) {
    digits_.emplace_back(context_->ring(), 1, level);
  }
  expand(*context_, level, seed, digits_[arriving_->seeds.size()]);
  arriving_->seeds.push_back(seed);
  arriving_->set.emplace_back();
}

bool ArrivingKeys::set(int step, std::size_t digit, std::size_t prime, std::span<const std::uint8_t> packed) {
  if (!arriving_ || arriving_->step != step || digit >= arriving_->seeds.size() ||
      !digits_[digit].has(prime)) {
    throw std::invalid_argument("digit " + std::to_string(digit) + " of the key for step " + std::to_string(step) +
                                " with prime " + std::to_string(prime) + " is not arriving");
  }
  fast::Workspace::Frame frame;
  std::uint64_t* residues = frame.take(context_->poly_modulus_degree());
  if (!unpack_residues(packed, context_->poly_modulus_degree(), context_->primes()[prime], residues)) {
    return false;
  }
  digits_[digit].pack(0, prime, {residues});
  arriving_->set[digit].set(prime);
  return true;
}

void ArrivingKeys::complete() {
  const std::size_t count = arriving_->seeds.size();
  if (count != digit_count(*context_, arriving_->level)) {
    throw std::invalid_argument("the key for step " + std::to_string(arriving_->step) + " lacks digits");
  }
  // What was not set would be another key's.
  const std::size_t primes = key_primes_of_level(*context_, arriving_->level).size();
  for (const auto& set : arriving_->set) {
    if (set.count() != primes) {
      throw std::invalid_argument("the key for step " + std::to_string(arriving_->step) + " lacks residues");
    }
  }
  EvaluationKey key{arriving_->level, std::move(arriving_->seeds), {context_->ring(), count, arriving_->level}};
  key.stream.interleave(std::span(digits_).first(count));
  keys_.add(arriving_->step, std::move(key));
  arriving_.reset();
}

EvaluationKeys ArrivingKeys::finish() {
  if (arriving_) {
    complete();
  }
  digits_.clear();
  return std::exchange(keys_, EvaluationKeys(context_));
}

std::size_t ArrivingKeys::native_bytes() const {
  std::size_t bytes = keys_.native_bytes();
  for (const fast::KeyStream& digit : digits_) {
    bytes += digit.bytes();
  }
  return bytes;
}

}  // namespace silenda
