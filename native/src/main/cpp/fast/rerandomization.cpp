#include "fast/rerandomization.h"

#include <array>

#include "ciphertext_ops.h"
#include "fast/key_switch.h"
#include "fast/operations.h"
#include "fast/pool.h"
#include "secret_frame.h"
#include "secret_product.h"
#include "small_sampling.h"
#include "symmetric_encryption.h"
#include "wiped.h"

namespace silenda::fast {

using kernels::Format;

namespace {

/// What masks an encryption: a ternary polynomial, and an error for each polynomial of the ciphertext.
struct Secrets {
  Wiped<std::int8_t> mask;
  std::array<Wiped<std::int8_t>, 2> errors;

  explicit Secrets(const Ring& ring)
      : mask(ring.degree()), errors{Wiped<std::int8_t>(ring.degree()), Wiped<std::int8_t>(ring.degree())} {
    SmallSampler sampler(ring.kernels());
    sampler.ternary(mask);
    for (auto& error : errors) {
      sampler.error(error);
    }
  }
};

/// Both polynomials of mask * key + error modulo one prime, canonical.
void encrypt_zero(const Ring& ring, std::size_t prime, const PublicKey& key, const Secrets& secrets,
                  std::uint64_t* first, std::uint64_t* second) {
  const std::size_t degree = ring.degree();
  SecretFrame frame;
  auto* mask = frame.take<std::uint64_t>(3 * degree);
  transform_small(ring, prime, secrets.mask, mask);
  transform_small(ring, prime, secrets.errors[0], mask + degree);
  transform_small(ring, prime, secrets.errors[1], mask + 2 * degree);
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
  const Secrets secrets(ring);
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
