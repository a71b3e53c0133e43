#include "profile/transform_profile.h"

#include <stdexcept>

#include "kernels/dispatch.h"
#include "profile/machine_probe.h"
#include "seal/util/numth.h"
#include "seal/util/polyarithsmallmod.h"

namespace silenda::profile {
namespace {

seal::Modulus find_prime(int log2_degree, int bits) {
  if (log2_degree < 10 || log2_degree > 16 || bits < 20 || bits > 50) {
    throw std::invalid_argument("log2_degree is not in 10..16, or prime_bits not in 20..50");
  }
  try {
    return seal::util::get_primes(std::uint64_t{2} << log2_degree, bits, 1)[0];
  } catch (const std::logic_error&) {
    throw std::invalid_argument("no prime of " + std::to_string(bits) + " bits for this degree");
  }
}

std::vector<std::uint64_t> random_residues(std::mt19937_64& random, std::size_t size, std::uint64_t prime) {
  std::vector<std::uint64_t> words(size);
  for (auto& word : words) {
    word = random() % prime;
  }
  return words;
}

}  // namespace

TransformProfile::TransformProfile(int log2_degree, int prime_bits, const std::string& kernel_set)
    : kernels_(kernels::choose_kernel_set(kernel_set)),
      prime_(find_prime(log2_degree, prime_bits)),
      seal_(log2_degree, prime_),
      tables_(kernels_, log2_degree, prime_.value(), seal_.get_root()) {
  std::mt19937_64 random(1);
  const std::size_t degree = std::size_t{1} << log2_degree;
  for (auto& words : polynomials_) {
    words = random_residues(random, degree, prime_.value());
  }
  factor_ = random_residues(random, degree, prime_.value());
  factor_operand_.resize(degree);
  kernels_.to_operand(prime_.value(), factor_.data(), factor_operand_.data(), degree);
  check_agreement();
}

void TransformProfile::check_agreement() {
  for (const auto operation :
       {TransformOperation::kForward, TransformOperation::kInverse, TransformOperation::kPointwise}) {
    Polynomials expected = polynomials_;
    seal_once(operation, expected);
    ours_once(operation, polynomials_);
    if (polynomials_ != expected) {
      throw std::logic_error("the kernels do not agree with SEAL");
    }
  }
}

void TransformProfile::seal_once(TransformOperation operation, Polynomials& polynomials) const {
  std::uint64_t* first = polynomials[0].data();
  switch (operation) {
    case TransformOperation::kForward:
      return seal::util::ntt_negacyclic_harvey(first, seal_);
    case TransformOperation::kInverse:
      return seal::util::inverse_ntt_negacyclic_harvey(first, seal_);
    case TransformOperation::kPointwise:
      for (auto& words : polynomials) {
        seal::util::dyadic_product_coeffmod(words.data(), factor_.data(), words.size(), prime_, words.data());
      }
      return;
  }
}

void TransformProfile::ours_once(TransformOperation operation, Polynomials& polynomials) const {
  std::uint64_t* first = polynomials[0].data();
  switch (operation) {
    case TransformOperation::kForward:
      return kernels_.forward(tables_.tables(), first, kernels::Format::kCanonical, first, kernels::Format::kCanonical);
    case TransformOperation::kInverse:
      return kernels_.inverse(tables_.tables(), first, first);
    case TransformOperation::kPointwise: {
      const kernels::DotTerm term{factor_operand_.data(), first, polynomials[1].data()};
      kernels::DotRequest request{};
      request.modulus = prime_.value();
      request.terms = &term;
      request.term_count = 1;
      request.shared_format = kernels::Format::kOperand;
      request.first_out = first;
      request.second_out = polynomials[1].data();
      request.end = factor_.size();
      return kernels_.dot(request);
    }
  }
}

std::int64_t TransformProfile::seal_nanos(TransformOperation operation, int repetitions) {
  const std::int64_t start = now_nanos();
  for (int i = 0; i < repetitions; ++i) {
    seal_once(operation, polynomials_);
  }
  return now_nanos() - start;
}

std::int64_t TransformProfile::our_nanos(TransformOperation operation, int repetitions) {
  const std::int64_t start = now_nanos();
  for (int i = 0; i < repetitions; ++i) {
    ours_once(operation, polynomials_);
  }
  return now_nanos() - start;
}

}  // namespace silenda::profile
