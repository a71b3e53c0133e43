#pragma once

#include "evaluation_keys.h"
#include "polynomial_evaluator.h"
#include "values.h"

/// The operations of ciphertext_ops.h on our own kernels: the same results, bit for bit, and the same refusals.
namespace silenda::fast {

Ciphertext multiply(const Ciphertext& left, const Ciphertext& right);
Ciphertext square(const Ciphertext& operand);
Ciphertext relinearize(const Ciphertext& operand, const EvaluationKeys& keys);
Ciphertext rescale(const Ciphertext& operand);
/// One operation instead of two: fewer transforms.
Ciphertext relinearize_rescale(const Ciphertext& operand, const EvaluationKeys& keys);
Ciphertext multiply_plain(const Ciphertext& operand, const Plaintext& plaintext);
Ciphertext rotate(const Ciphertext& operand, int step, const EvaluationKeys& keys);
Ciphertext square_relinearize_rescale(const Ciphertext& operand, const EvaluationKeys& keys);

/// For evaluate_polynomial.
const PolynomialArithmetic& polynomial_arithmetic();

/// A ciphertext of that shape with unset residues.
Ciphertext new_ciphertext(const ContextPtr& context, int level, std::size_t size, double scale);
/// SEAL's refusal of a result that everybody can read.
void check_not_transparent(const Ciphertext& result);

}  // namespace silenda::fast
