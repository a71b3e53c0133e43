#include "fast/rerandomization.h"

#include <span>

#include "ciphertext_ops.h"
#include "fast/key_switch.h"
#include "fast/operations.h"
#include "fast/pool.h"
#include "secret_frame.h"
#include "secret_sampling.h"
#include "symmetric_encryption.h"

namespace silenda::fast {

using kernels::Format;

namespace {

/// What masks an encryption: a ternary polynomial, and an error for each polynomial of the ciphertext.
class Secrets {
 public:
  explicit Secrets(std::size_t degree)
      : degree_(degree), words_(frame_.take<std::int64_t>(kPolynomials * degree)) {
    sample_ternary(polynomial(0));
    sample_error(polynomial(1));
    sample_error(polynomial(2));
  }

  /// The ternary polynomial, then the errors.
  std::span<std::int64_t> polynomial(std::size_t index) const { return {words_ + index * degree_, degree_}; }

 private:
  static constexpr std::size_t kPolynomials = 3;

  SecretFrame frame_;
  std::size_t degree_;
  std::int64_t* words_;
};

/// In NTT form, as an operand.
void transform(const Ring& ring, std::size_t prime, std::span<const std::int64_t> small, std::uint64_t* out) {
  const std::uint64_t modulus = ring.modulus(prime);
  for (std::size_t i = 0; i < small.size(); ++i) {
    out[i] = static_cast<std::uint64_t>(small[i]) + (static_cast<std::uint64_t>(small[i] >> 63) & modulus);
  }
  ring.forward(prime, out, out, Format::kOperand);
}

/// Both polynomials of mask * key + error modulo one prime, canonical.
void encrypt_zero(const Ring& ring, std::size_t prime, const PublicKey& key, const Secrets& secrets,
                  std::uint64_t* first, std::uint64_t* second) {
  const std::size_t degree = ring.degree();
  SecretFrame frame;
  auto* mask = frame.take<std::uint64_t>(3 * degree);
  for (std::size_t i : {0, 1, 2}) {
    transform(ring, prime, secrets.polynomial(i), mask + i * degree);
  }
  const seal::Ciphertext& pair = key.data.data();
  const kernels::DotTerm term{mask, pair.data(0) + prime * degree, pair.data(1) + prime * degree};
  kernels::DotRequest request{};
  request.modulus = ring.modulus(prime);
  request.terms = &term;
  request.term_count = 1;
  request.shared_format = Format::kOperand;
  request.output_format = Format::kCanonical;
  request.first_addend = mask + degree;
  request.second_addend = mask + 2 * degree;
  request.first_out = first;
  request.second_out = second;
  request.end = degree;
  ring.kernels().dot(request);
}

}  // namespace

Ciphertext rerandomize(const Ciphertext& operand, const PublicKey& key) {
  check_size_two(operand, "rerandomize");
  const int operand_level = level(operand);
  const Ring& ring = operand.context->ring();
  if (ring.special_count() > 1) {
    // A public key has residues modulo the first special prime only.
    return silenda::rerandomize(operand, key);
  }
  const KeySwitcher switcher(*operand.context, operand_level);
  const Secrets secrets(ring.degree());
  Ciphertext result = new_ciphertext(operand.context, operand_level, 2, operand.data.scale());
  Workspace::Frame frame;
  const std::size_t words = switcher.target_count() * switcher.degree();
  Residues zeros[2] = {frame.take(words), frame.take(words)};
  parallel_for(switcher.target_count(), [&](std::size_t target) {
    const std::size_t offset = target * switcher.degree();
    encrypt_zero(ring, switcher.prime(target), key, secrets, zeros[0] + offset, zeros[1] + offset);
  });
  parallel_for(2, [&](std::size_t part) {
    switcher.divide_by_special(zeros[part], operand.data.data(part), result.data.data(part));
  });
  return result;
}

}  // namespace silenda::fast
