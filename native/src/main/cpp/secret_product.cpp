#include "secret_product.h"

#include "secret_frame.h"

namespace silenda {
using kernels::Format;

void multiply_add(const fast::Ring& ring, std::size_t prime, const std::uint64_t* left, const std::uint64_t* right,
                  const std::uint64_t* addend, std::uint64_t* out) {
  // Kernels compute two sums at a time.
  SecretFrame frame;
  const kernels::DotTerm term{left, right, right};
  kernels::DotRequest request{};
  request.modulus = ring.modulus(prime);
  request.terms = &term;
  request.term_count = 1;
  request.shared_format = Format::kOperand;
  request.output_format = Format::kCanonical;
  request.first_addend = addend;
  request.first_out = out;
  request.second_out = frame.take<std::uint64_t>(ring.degree());
  request.end = ring.degree();
  ring.kernels().dot(request);
}

void negate_secret(const Context& context, const seal::SecretKey& secret_key, std::size_t prime, std::uint64_t* out) {
  const fast::Ring& ring = context.ring();
  const std::uint64_t modulus = ring.modulus(prime);
  const kernels::CombineTerm negated{secret_key.data().data() + prime * ring.degree(), modulus - 1};
  ring.kernels().combine({modulus, &negated, 1, 0, nullptr, ring.degree()}, out, Format::kOperand);
}

void multiply_by_secret(const Context& context, const seal::SecretKey& secret_key, const seal::Ciphertext& ciphertext,
                        int level, std::uint64_t* out) {
  const fast::Ring& ring = context.ring();
  const std::size_t degree = ring.degree();
  SecretFrame frame;
  auto* secret = frame.take<std::uint64_t>(degree);
  auto* addend = frame.take<std::uint64_t>(degree);
  for (std::size_t prime = 0; prime <= static_cast<std::size_t>(level); ++prime) {
    const std::size_t offset = prime * degree;
    ring.kernels().to_operand(ring.modulus(prime), secret_key.data().data() + offset, secret, degree);
    const std::uint64_t* sum = ciphertext.data(ciphertext.size() - 1) + offset;
    for (std::size_t i = ciphertext.size() - 1; i-- > 0; sum = out + offset) {
      ring.kernels().to_operand(ring.modulus(prime), ciphertext.data(i) + offset, addend, degree);
      multiply_add(ring, prime, secret, sum, addend, out + offset);
    }
  }
}

void transform_small(const fast::Ring& ring, std::size_t prime, std::span<const std::int8_t> coefficients,
                     std::uint64_t* out) {
  const std::uint64_t modulus = ring.modulus(prime);
  for (std::size_t i = 0; i < coefficients.size(); ++i) {
    const std::int64_t value = coefficients[i];
    out[i] = static_cast<std::uint64_t>(value) + (static_cast<std::uint64_t>(value >> 63) & modulus);
  }
  ring.forward(prime, out, out, Format::kOperand);
}

void mask_error(const Context& context, const seal::SecretKey& secret_key, std::size_t prime,
                std::span<const std::int8_t> error, const std::uint64_t* uniform, std::uint64_t* out) {
  const fast::Ring& ring = context.ring();
  const std::size_t degree = ring.degree();
  SecretFrame frame;
  auto* secret = frame.take<std::uint64_t>(degree);
  auto* addend = frame.take<std::uint64_t>(degree);
  negate_secret(context, secret_key, prime, secret);
  transform_small(ring, prime, error, addend);
  multiply_add(ring, prime, secret, uniform, addend, out);
}

}  // namespace silenda
