#include "evaluation_keys.h"

#include <stdexcept>
#include <string>

namespace silenda {
namespace {

std::string describe(int step) {
  return step == 0 ? "there is no relinearization key" : "there is no key for rotation step " + std::to_string(step);
}

}  // namespace

EvaluationKeys::EvaluationKeys(ContextPtr context)
    : context_(std::move(context)), seal_(std::make_unique<SealKeys>(*context_)) {}

void EvaluationKeys::add(int step, EvaluationKey key) { keys_.insert_or_assign(step, std::move(key)); }

const EvaluationKey& EvaluationKeys::key(int step) const {
  const auto found = keys_.find(step);
  if (found == keys_.end()) {
    throw std::invalid_argument(describe(step));
  }
  return found->second;
}

const fast::KeyStream& EvaluationKeys::stream(int step, int level) const {
  const EvaluationKey& found = key(step);
  if (found.level < level) {
    throw std::invalid_argument(describe(step) + " at level " + std::to_string(level));
  }
  return found.stream;
}

const seal::RelinKeys& EvaluationKeys::seal_relinearization() const { return seal_->relinearization(key(0)); }

const seal::GaloisKeys& EvaluationKeys::seal_rotation(int step) const { return seal_->rotation(step, key(step)); }

std::size_t EvaluationKeys::native_bytes() const {
  std::size_t bytes = seal_->bytes();
  for (const auto& [step, key] : keys_) {
    bytes += key.stream.bytes();
  }
  return bytes;
}

std::size_t digit_count(const Context& context, int level) {
  return static_cast<std::size_t>(level) / context.ring().special_count() + 1;
}

}  // namespace silenda
