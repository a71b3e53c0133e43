#pragma once

#include "evaluation_keys.h"
#include "values.h"

namespace silenda {

/// Scales closer than this, relatively, count as equal: the difference is below any noise.
constexpr double kScaleTolerance = 1.0 / (1 << 30);

bool scales_agree(double left, double right);

/// Each throws std::invalid_argument, and says what is wrong.
void check_level(const Ciphertext& operand, const seal::parms_id_type& parms_id);
void check_size_two(const Ciphertext& operand, const char* operation);
void check_rescalable(const Ciphertext& operand);
void check_not_zero(const Plaintext& plaintext);

Ciphertext add(const Ciphertext& left, const Ciphertext& right);
Ciphertext subtract(const Ciphertext& left, const Ciphertext& right);
Ciphertext negate(const Ciphertext& operand);
Ciphertext multiply(const Ciphertext& left, const Ciphertext& right);
Ciphertext square(const Ciphertext& operand);
Ciphertext relinearize(const Ciphertext& operand, const EvaluationKeys& keys);
Ciphertext rescale(const Ciphertext& operand);
Ciphertext mod_switch_to(const Ciphertext& operand, int level);
Ciphertext add_plain(const Ciphertext& operand, const Plaintext& plaintext);
Ciphertext multiply_plain(const Ciphertext& operand, const Plaintext& plaintext);
/// Slot s of the result is slot s + step of the operand; step is in 0..slots-1.
Ciphertext rotate(const Ciphertext& operand, int step, const EvaluationKeys& keys);
Ciphertext square_relinearize_rescale(const Ciphertext& operand, const EvaluationKeys& keys);

int level(const Ciphertext& ciphertext);

}  // namespace silenda
