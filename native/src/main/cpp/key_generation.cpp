#include "key_generation.h"

#include "seal/util/galois.h"
#include "secret_product.h"
#include "small_sampling.h"
#include "symmetric_encryption.h"

namespace silenda {

using kernels::Format;

namespace {

/// The residues of P * target modulo a prime, added to an operand, P being the product of the special primes.
void add_scaled(const fast::Ring& ring, std::size_t prime, const std::uint64_t* target, std::uint64_t* operand) {
  const kernels::CombineTerm term{target, ring.special().product(prime)};
  ring.kernels().combine({ring.modulus(prime), &term, 1, 0, operand, ring.degree()}, operand, Format::kOperand);
}

/// What one digit is made from.
struct Digit {
  UniformExpansion uniform;
  Wiped<std::int8_t> error;
};

std::vector<Digit> draw_digits(const fast::Ring& ring, EvaluationKey& key) {
  SmallSampler sampler(ring.kernels());
  std::vector<Digit> digits;
  for (std::size_t i = 0; i < key.stream.digit_count(); ++i) {
    key.seeds.push_back(random_seed());
    digits.push_back({{ring.kernels(), key.seeds.back(), SeedPurpose::kEvaluationKey},
                      Wiped<std::int8_t>(ring.degree())});
    sampler.error(digits.back().error);
  }
  return digits;
}

}  // namespace

EvaluationKeyGenerator::EvaluationKeyGenerator(const SecretKey& secret_key)
    : secret_key_(secret_key), context_(*secret_key.context), ring_(context_.ring()) {
  const std::size_t primes = context_.primes().size();
  negated_secret_ = frame_.take<std::uint64_t>(primes * ring_.degree());
  for (std::size_t prime = 0; prime < primes; ++prime) {
    negate_secret(context_, secret_key.data, prime, negated_secret_ + prime * ring_.degree());
  }
}

/// Digit d encrypts P * target modulo the primes that it covers and zero modulo the others. Prime by prime, so that what
/// is written between each other stays in the cache.
EvaluationKey EvaluationKeyGenerator::switching_key(int level, const std::uint64_t* target) const {
  const std::size_t degree = ring_.degree();
  EvaluationKey key{level, {}, {ring_, digit_count(context_, level), level}};
  const std::vector<Digit> digits = draw_digits(ring_, key);
  SecretFrame frame;
  auto* error = frame.take<std::uint64_t>(degree);
  auto* first = frame.take<std::uint64_t>(degree);
  auto* second = frame.take<std::uint64_t>(degree);
  for (const std::size_t prime : key_primes_of_level(context_, level)) {
    for (std::size_t digit = 0; digit < digits.size(); ++digit) {
      digits[digit].uniform.expand(prime, context_.primes()[prime], degree, second);
      transform_small(ring_, prime, digits[digit].error, error);
      if (prime < ring_.first_special() && prime / ring_.special_count() == digit) {
        add_scaled(ring_, prime, target + prime * degree, error);
      }
      multiply_add(ring_, prime, negated_secret_ + prime * degree, second, error, first);
      key.stream.pack(digit, prime, {first, second});
    }
  }
  return key;
}

EvaluationKey EvaluationKeyGenerator::relinearization(int level) const {
  context_.data(level);
  const std::size_t degree = ring_.degree();
  SecretFrame frame;
  auto* square = frame.take<std::uint64_t>((static_cast<std::size_t>(level) + 1) * degree);
  auto* zero = frame.take<std::uint64_t>(degree);
  for (const std::size_t prime : primes_of_level(level)) {
    std::uint64_t* out = square + prime * degree;
    multiply_add(ring_, prime, negated_secret_ + prime * degree, secret_key_.data.data().data() + prime * degree,
                 nullptr, zero);
    const kernels::CombineTerm negated{zero, ring_.modulus(prime) - 1};
    ring_.kernels().combine({ring_.modulus(prime), &negated, 1, 0, nullptr, degree}, out, Format::kCanonical);
  }
  return switching_key(level, square);
}

EvaluationKey EvaluationKeyGenerator::rotation(int step, int level) const {
  context_.data(level);
  const std::size_t degree = ring_.degree();
  const std::uint32_t element = context_.key_data().galois_tool()->get_elt_from_step(step);
  const kernels::Automorphism& automorphism = ring_.automorphism(element);
  SecretFrame frame;
  auto* rotated = frame.take<std::uint64_t>((static_cast<std::size_t>(level) + 1) * degree);
  for (const std::size_t prime : primes_of_level(level)) {
    automorphism.apply(secret_key_.data.data().data() + prime * degree, rotated + prime * degree);
  }
  return switching_key(level, rotated);
}

EvaluationKeys generate_evaluation_keys(const SecretKey& secret_key, int relinearization_level,
                                        const std::map<int, int>& rotation_levels) {
  const EvaluationKeyGenerator generator(secret_key);
  EvaluationKeys keys(secret_key.context);
  if (relinearization_level >= 0) {
    keys.add(0, generator.relinearization(relinearization_level));
  }
  for (const auto& [step, level] : rotation_levels) {
    keys.add(step, generator.rotation(step, level));
  }
  return keys;
}

}  // namespace silenda
