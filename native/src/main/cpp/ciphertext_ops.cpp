#include "ciphertext_ops.h"

#include <cmath>
#include <stdexcept>
#include <string>

#include "seal/util/galois.h"

namespace silenda {
namespace {

Ciphertext like(const Ciphertext& model) { return {model.context, seal::Ciphertext(Context::pool())}; }

/// A copy that later operations may change: the operands of every operation stay as they are.
Ciphertext copy(const Ciphertext& operand) {
  Ciphertext result = like(operand);
  result.data = operand.data;
  return result;
}

void check_level_and_scale(const Ciphertext& operand, const seal::parms_id_type& parms_id, double scale) {
  const int left = level(operand);
  const int right = operand.context->level(parms_id);
  if (left != right) {
    throw std::invalid_argument("the operands are at different levels: " + std::to_string(left) + " and " +
                                std::to_string(right));
  }
  if (!scales_agree(operand.data.scale(), scale)) {
    throw std::invalid_argument("the operands have different scales: 2^" +
                                std::to_string(std::log2(operand.data.scale())) + " and 2^" +
                                std::to_string(std::log2(scale)));
  }
}

void rescale_in_place(Ciphertext& operand) {
  check_rescalable(operand);
  operand.context->evaluator().rescale_to_next_inplace(operand.data, Context::pool());
}

void check_single_special_prime(const Context& context) {
  if (context.ring().special_count() > 1) {
    throw std::invalid_argument("SEAL switches keys with one special prime, these parameters have " +
                                std::to_string(context.ring().special_count()) +
                                ": use the accelerated evaluator");
  }
}

void relinearize_in_place(Ciphertext& operand, const EvaluationKeys& keys) {
  check_single_special_prime(*operand.context);
  operand.context->evaluator().relinearize_inplace(operand.data, keys.seal_relinearization(), Context::pool());
}

}  // namespace

void check_level(const Ciphertext& operand, const seal::parms_id_type& parms_id) {
  check_level_and_scale(operand, parms_id, operand.data.scale());
}

void check_size_two(const Ciphertext& operand, const char* operation) {
  if (operand.data.size() != 2) {
    throw std::invalid_argument(std::string(operation) + " needs a ciphertext of size 2, this one has size " +
                                std::to_string(operand.data.size()) + ": relinearize it first");
  }
}

void check_rescalable(const Ciphertext& operand) {
  if (level(operand) == 0) {
    throw std::invalid_argument("a ciphertext at level 0 cannot be rescaled: no prime is left to drop");
  }
}

void check_not_zero(const Plaintext& plaintext) {
  if (plaintext.data.is_zero()) {
    throw std::invalid_argument("the plaintext is zero: the product would not be encrypted");
  }
}

bool scales_agree(double left, double right) {
  return std::abs(left - right) <= kScaleTolerance * std::max(std::abs(left), std::abs(right));
}

int level(const Ciphertext& ciphertext) { return ciphertext.context->level(ciphertext.data.parms_id()); }

Ciphertext add(const Ciphertext& left, const Ciphertext& right) {
  check_level_and_scale(left, right.data.parms_id(), right.data.scale());
  Ciphertext result = copy(right);
  result.data.scale() = left.data.scale();
  left.context->evaluator().add_inplace(result.data, left.data);
  return result;
}

Ciphertext subtract(const Ciphertext& left, const Ciphertext& right) {
  return add(left, negate(right));
}

Ciphertext negate(const Ciphertext& operand) {
  Ciphertext result = copy(operand);
  operand.context->evaluator().negate_inplace(result.data);
  return result;
}

Ciphertext multiply(const Ciphertext& left, const Ciphertext& right) {
  check_level(left, right.data.parms_id());
  check_size_two(left, "multiply");
  check_size_two(right, "multiply");
  Ciphertext result = like(left);
  left.context->evaluator().multiply(left.data, right.data, result.data, Context::pool());
  return result;
}

Ciphertext square(const Ciphertext& operand) {
  check_size_two(operand, "square");
  Ciphertext result = like(operand);
  operand.context->evaluator().square(operand.data, result.data, Context::pool());
  return result;
}

Ciphertext relinearize(const Ciphertext& operand, const EvaluationKeys& keys) {
  Ciphertext result = copy(operand);
  relinearize_in_place(result, keys);
  return result;
}

Ciphertext rescale(const Ciphertext& operand) {
  Ciphertext result = copy(operand);
  rescale_in_place(result);
  return result;
}

Ciphertext mod_switch_to(const Ciphertext& operand, int target_level) {
  const int current = level(operand);
  if (target_level < 0 || target_level > current) {
    throw std::invalid_argument("level " + std::to_string(target_level) + " is outside 0.." +
                                std::to_string(current) + ", the ciphertext's own level");
  }
  Ciphertext result = copy(operand);
  const Context& context = *operand.context;
  context.evaluator().mod_switch_to_inplace(result.data, context.parms_id(target_level), Context::pool());
  return result;
}

Ciphertext add_plain(const Ciphertext& operand, const Plaintext& plaintext) {
  check_level_and_scale(operand, plaintext.data.parms_id(), plaintext.data.scale());
  Ciphertext result = copy(operand);
  // SEAL compares scales more strictly than we do.
  result.data.scale() = plaintext.data.scale();
  operand.context->evaluator().add_plain_inplace(result.data, plaintext.data);
  result.data.scale() = operand.data.scale();
  return result;
}

Ciphertext multiply_plain(const Ciphertext& operand, const Plaintext& plaintext) {
  check_level(operand, plaintext.data.parms_id());
  check_not_zero(plaintext);
  Ciphertext result = copy(operand);
  operand.context->evaluator().multiply_plain_inplace(result.data, plaintext.data, Context::pool());
  return result;
}

Ciphertext rotate(const Ciphertext& operand, int step, const EvaluationKeys& keys) {
  check_size_two(operand, "rotate");
  Ciphertext result = copy(operand);
  if (step != 0) {
    const Context& context = *operand.context;
    check_single_special_prime(context);
    const std::uint32_t element = context.key_data().galois_tool()->get_elt_from_step(step);
    context.evaluator().apply_galois_inplace(result.data, element, keys.seal_rotation(step), Context::pool());
  }
  return result;
}

Ciphertext square_relinearize_rescale(const Ciphertext& operand, const EvaluationKeys& keys) {
  Ciphertext result = square(operand);
  relinearize_in_place(result, keys);
  rescale_in_place(result);
  return result;
}

}  // namespace silenda
