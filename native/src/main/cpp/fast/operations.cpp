#include "fast/operations.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "ciphertext_ops.h"
#include "fast/key_switch.h"
#include "fast/pool.h"
#include "seal/util/galois.h"

namespace silenda::fast {

using kernels::Format;

namespace {

std::size_t prime_count(const Ciphertext& ciphertext) { return ciphertext.data.coeff_modulus_size(); }

void check_product_scale(const Context& context, int product_level, double scale) {
  const int bits = context.data(product_level).total_coeff_modulus_bit_count();
  if (!(scale > 0) || static_cast<int>(std::log2(scale)) >= bits) {
    throw std::invalid_argument("scale out of bounds");
  }
}

/// At the lower of the operands' levels.
Ciphertext tensor(const Ciphertext& left, const Ciphertext& right) {
  const int product_level = std::min(level(left), level(right));
  const double scale = left.data.scale() * right.data.scale();
  check_product_scale(*left.context, product_level, scale);
  Ciphertext result = new_ciphertext(left.context, product_level, 3, scale);
  const Ring& ring = left.context->ring();
  parallel_for(prime_count(result), [&](std::size_t prime) {
    const std::size_t offset = prime * ring.degree();
    ring.kernels().tensor(
        {ring.modulus(prime),
         {left.data.data(0) + offset, left.data.data(1) + offset},
         {right.data.data(0) + offset, right.data.data(1) + offset},
         {result.data.data(0) + offset, result.data.data(1) + offset, result.data.data(2) + offset},
         ring.degree()});
  });
  check_not_transparent(result);
  return result;
}

void sum_scaled(const Context& context, std::size_t prime, std::span<const ScaledTerm> terms, std::uint64_t* out) {
  std::vector<kernels::CombineTerm> weighted;
  for (const ScaledTerm& term : terms) {
    weighted.push_back({term.values, term.scalar});
  }
  const Ring& ring = context.ring();
  ring.kernels().combine({ring.modulus(prime), weighted.data(), weighted.size(), 0, nullptr, ring.degree()}, out,
                         Format::kCanonical);
}

}  // namespace

const PolynomialArithmetic& polynomial_arithmetic() {
  static constexpr PolynomialArithmetic arithmetic{
      tensor, fast::square, fast::rescale, fast::relinearize_rescale, sum_scaled};
  return arithmetic;
}

Ciphertext new_ciphertext(const ContextPtr& context, int level, std::size_t size, double scale) {
  Ciphertext result{context, seal::Ciphertext(Context::pool())};
  result.data.resize(context->seal(), context->parms_id(level), size);
  result.data.is_ntt_form() = true;
  result.data.scale() = scale;
  return result;
}

void check_not_transparent(const Ciphertext& result) {
  if (result.data.is_transparent()) {
    throw std::logic_error("result ciphertext is transparent");
  }
}

Ciphertext multiply(const Ciphertext& left, const Ciphertext& right) {
  check_level(left, right.data.parms_id());
  check_size_two(left, "multiply");
  check_size_two(right, "multiply");
  return tensor(left, right);
}

Ciphertext square(const Ciphertext& operand) {
  check_size_two(operand, "square");
  return tensor(operand, operand);
}

Ciphertext relinearize(const Ciphertext& operand, const EvaluationKeys& keys) {
  if (operand.data.size() == 2) {
    return operand;
  }
  const int operand_level = level(operand);
  const KeyStream& key = keys.stream(0, operand_level);
  Ciphertext result = new_ciphertext(operand.context, operand_level, 2, operand.data.scale());
  const KeySwitcher switcher(*operand.context, operand_level);
  Workspace::Frame frame;
  const std::size_t words = switcher.target_count() * switcher.degree();
  Residues sums[2] = {frame.take(words), frame.take(words)};
  switcher.multiply_by_key(operand.data.data(2), key, sums[0], sums[1]);
  parallel_for(2, [&](std::size_t part) {
    switcher.divide_by_special(sums[part], operand.data.data(part), result.data.data(part));
  });
  check_not_transparent(result);
  return result;
}

Ciphertext rescale(const Ciphertext& operand) {
  const int operand_level = level(operand);
  check_rescalable(operand);
  const Ring& ring = operand.context->ring();
  const auto last = static_cast<std::size_t>(operand_level);
  const auto divisor = static_cast<double>(ring.modulus(last));
  Ciphertext result = new_ciphertext(operand.context, operand_level - 1, operand.data.size(),
                                     operand.data.scale() / divisor);
  parallel_for(operand.data.size(), [&](std::size_t part) {
    divide_by_last(ring, last, operand.data.data(part), nullptr, result.data.data(part));
  });
  check_not_transparent(result);
  return result;
}

Ciphertext relinearize_rescale(const Ciphertext& operand, const EvaluationKeys& keys) {
  check_rescalable(operand);
  if (operand.data.size() == 2) {
    return fast::rescale(operand);
  }
  const int operand_level = level(operand);
  const KeyStream& key = keys.stream(0, operand_level);
  const auto divisor =
      static_cast<double>(operand.context->ring().modulus(static_cast<std::size_t>(operand_level)));
  Ciphertext result = new_ciphertext(operand.context, operand_level - 1, 2, operand.data.scale() / divisor);
  const KeySwitcher switcher(*operand.context, operand_level);
  Workspace::Frame frame;
  const std::size_t words = switcher.target_count() * switcher.degree();
  Residues sums[2] = {frame.take(words), frame.take(words)};
  switcher.multiply_by_key(operand.data.data(2), key, sums[0], sums[1]);
  parallel_for(2, [&](std::size_t part) {
    switcher.divide_by_special_and_last(sums[part], operand.data.data(part), result.data.data(part));
  });
  check_not_transparent(result);
  return result;
}

Ciphertext multiply_plain(const Ciphertext& operand, const Plaintext& plaintext) {
  check_level(operand, plaintext.data.parms_id());
  check_not_zero(plaintext);
  const double scale = operand.data.scale() * plaintext.data.scale();
  check_product_scale(*operand.context, level(operand), scale);
  Ciphertext result = new_ciphertext(operand.context, level(operand), operand.data.size(), scale);
  const Ring& ring = operand.context->ring();
  for (std::size_t part = 0; part < operand.data.size(); part += 2) {
    const std::size_t other = std::min(part + 1, operand.data.size() - 1);
    for (std::size_t prime = 0; prime < prime_count(operand); ++prime) {
      const std::size_t offset = prime * ring.degree();
      const kernels::DotTerm term{plaintext.data.data() + offset, operand.data.data(part) + offset,
                                  operand.data.data(other) + offset};
      kernels::DotRequest request{};
      request.modulus = ring.modulus(prime);
      request.terms = &term;
      request.term_count = 1;
      request.first_out = result.data.data(part) + offset;
      request.second_out = result.data.data(other) + offset;
      request.end = ring.degree();
      ring.kernels().dot(request);
    }
  }
  check_not_transparent(result);
  return result;
}

Ciphertext rotate(const Ciphertext& operand, int step, const EvaluationKeys& keys) {
  check_size_two(operand, "rotate");
  if (step == 0) {
    return {operand.context, operand.data};
  }
  const Context& context = *operand.context;
  const std::uint32_t element = context.key_data().galois_tool()->get_elt_from_step(step);
  const int operand_level = level(operand);
  const KeyStream& key = keys.stream(step, operand_level);
  Ciphertext result = new_ciphertext(operand.context, operand_level, 2, operand.data.scale());
  const KeySwitcher switcher(context, operand_level);
  const kernels::Automorphism& automorphism = context.ring().automorphism(element);
  Workspace::Frame frame;
  const std::size_t degree = switcher.degree();
  const std::size_t words = prime_count(operand) * degree;
  const auto permute = [&](std::size_t part) {
    Residues rotated = frame.take(words);
    parallel_for(prime_count(operand), [&](std::size_t prime) {
      automorphism.apply(operand.data.data(part) + prime * degree, rotated + prime * degree);
    });
    return rotated;
  };
  Residues sums[2] = {frame.take(switcher.target_count() * degree), frame.take(switcher.target_count() * degree)};
  if (switcher.has_centred_digits()) {
    const kernels::Permutation permutation = automorphism.permutation();
    switcher.multiply_by_key(operand.data.data(1), key, sums[0], sums[1], &permutation);
  } else {
    switcher.multiply_by_key(permute(1), key, sums[0], sums[1]);
  }
  ConstResidues rotated = permute(0);
  parallel_for(2, [&](std::size_t part) {
    switcher.divide_by_special(sums[part], part == 0 ? rotated : nullptr, result.data.data(part));
  });
  check_not_transparent(result);
  return result;
}

Ciphertext square_relinearize_rescale(const Ciphertext& operand, const EvaluationKeys& keys) {
  check_rescalable(operand);
  return fast::relinearize_rescale(fast::square(operand), keys);
}

}  // namespace silenda::fast
