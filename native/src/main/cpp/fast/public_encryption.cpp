#include "fast/public_encryption.h"

#include <array>

#include "ciphertext_ops.h"
#include "fast/key_switch.h"
#include "fast/operations.h"
#include "fast/pool.h"
#include "secret_frame.h"
#include "secret_product.h"
#include "small_sampling.h"
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

/// A fresh encryption of zero plus two polynomials, of which either may be null. A public key has residues modulo all
/// data primes and the first special one, so that there is one prime more at every level.
Ciphertext add_zero(const PublicKey& key, int level, double scale, const std::array<ConstResidues, 2>& addends) {
  const Ring& ring = key.context->ring();
  const auto extra = static_cast<std::size_t>(level) + 1;
  const Secrets secrets(ring);
  Ciphertext result = new_ciphertext(key.context, level, 2, scale);
  Workspace::Frame frame;
  const std::size_t words = (extra + 1) * ring.degree();
  const Residues zeros[2] = {frame.take(words), frame.take(words)};
  parallel_for(extra + 1, [&](std::size_t prime) {
    const std::size_t offset = prime * ring.degree();
    encrypt_zero(ring, prime, key, secrets, zeros[0] + offset, zeros[1] + offset);
  });
  parallel_for(2, [&](std::size_t part) {
    divide_by_last(ring, extra, zeros[part], addends[part], result.data.data(part));
  });
  return result;
}

}  // namespace

Ciphertext encrypt(const PublicKey& key, const Plaintext& plaintext) {
  return add_zero(key, key.context->level(plaintext.data.parms_id()), plaintext.data.scale(),
                  {plaintext.data.data(), nullptr});
}

Ciphertext rerandomize(const Ciphertext& operand, const PublicKey& key) {
  check_size_two(operand, "rerandomize");
  return add_zero(key, level(operand), operand.data.scale(), {operand.data.data(0), operand.data.data(1)});
}

}  // namespace silenda::fast
