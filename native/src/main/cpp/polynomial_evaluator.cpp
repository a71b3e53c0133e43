#include "polynomial_evaluator.h"

#include <cmath>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "encoding.h"
#include "seal/util/polyarithsmallmod.h"
#include "seal/util/uintarithsmallmod.h"

namespace silenda {
namespace {

__extension__ typedef unsigned __int128 Wide;

/// Scalars are exact integers; this leaves room in 128 bits and is far beyond any sensible scale.
constexpr double kLargestScalar = 0x1p120;

/// An integer known by its sign and absolute value, so that it can be reduced modulo any prime.
class Scalar {
 public:
  explicit Scalar(double value) : negative_(value < 0), magnitude_(round(std::abs(value))) {}

  bool is_zero() const { return magnitude_ == 0; }

  std::uint64_t modulo(const seal::Modulus& prime) const {
    const auto residue = static_cast<std::uint64_t>(magnitude_ % prime.value());
    return negative_ ? seal::util::negate_uint_mod(residue, prime) : residue;
  }

 private:
  static Wide round(double magnitude) {
    if (!(magnitude < kLargestScalar)) {
      throw std::invalid_argument("a coefficient times its scale exceeds 2^120");
    }
    return static_cast<Wide>(std::round(magnitude));
  }

  bool negative_;
  Wide magnitude_;
};

class PolynomialEvaluator {
 public:
  PolynomialEvaluator(const PolynomialArithmetic& arithmetic, Basis basis, const Ciphertext& input,
                      const EvaluationKeys& keys)
      : arithmetic_(arithmetic), basis_(basis), context_(*input.context), keys_(keys) {
    powers_.emplace(1, input);
  }

  /// The node's value at this level and scale, not rescaled, of size 2 or 3.
  Ciphertext evaluate(const PolynomialNode& node, int node_level, double scale) {
    check_scale(context_, node_level, scale);
    Ciphertext sum = combine(node, node_level, scale);
    for (const auto& product : node.products) {
      const double power_scale = power(product.power).data.scale();
      Ciphertext quotient = evaluate_rescaled(product.quotient, node_level, scale / power_scale);
      add_to(sum, arithmetic_.multiply(quotient, mod_switch_to(power(product.power), node_level)), scale);
    }
    if (sum.data.size() == 0) {
      throw std::invalid_argument("the coefficients of a power vanish at the scale 2^" +
                                  std::to_string(std::log2(scale)));
    }
    add_constant(sum, node.constant);
    return sum;
  }

  Ciphertext evaluate_rescaled(const PolynomialNode& node, int result_level, double scale) {
    const double prime = dropped_prime(result_level + 1);
    Ciphertext value = evaluate(node, result_level + 1, scale * prime);
    Ciphertext result =
        value.data.size() == 2 ? arithmetic_.rescale(value) : arithmetic_.relinearize_rescale(value, keys_);
    result.data.scale() = scale;
    return result;
  }

 private:
  double dropped_prime(int from_level) const {
    return static_cast<double>(context_.primes()[static_cast<std::size_t>(from_level)].value());
  }

  const Ciphertext& power(int index) {
    auto found = powers_.find(index);
    if (found == powers_.end()) {
      found = powers_.emplace(index, compute_power(index)).first;
    }
    return found->second;
  }

  Ciphertext compute_power(int index) {
    const auto [high, low] = split_power(index);
    const int product_level = std::min(level(power(high)), level(power(low)));
    Ciphertext product = high == low ? arithmetic_.square(power(high))
                                     : arithmetic_.multiply(mod_switch_to(power(high), product_level),
                                                            mod_switch_to(power(low), product_level));
    if (basis_ == Basis::kMonomial) {
      return arithmetic_.relinearize_rescale(product, keys_);
    }
    product = add(product, product);
    if (high == low) {
      product = arithmetic_.relinearize_rescale(product, keys_);
      add_constant(product, -1);
      return product;
    }
    PolynomialNode correction;
    correction.linear[high - low] = -1;
    product = arithmetic_.relinearize(product, keys_);
    return arithmetic_.rescale(add(product, combine(correction, product_level, product.data.scale())));
  }

  /// The sum of the node's scaled powers; of size 0 when every scalar rounds to zero.
  Ciphertext combine(const PolynomialNode& node, int node_level, double scale) {
    std::vector<std::pair<Ciphertext, Scalar>> terms;
    for (const auto& [index, coefficient] : node.linear) {
      const Scalar scalar(coefficient * (scale / power(index).data.scale()));
      if (!scalar.is_zero()) {
        terms.emplace_back(mod_switch_to(power(index), node_level), scalar);
      }
    }
    Ciphertext result{powers_.at(1).context, seal::Ciphertext(Context::pool())};
    if (terms.empty()) {
      return result;
    }
    result.data.resize(context_.seal(), context_.parms_id(node_level), 2);
    result.data.is_ntt_form() = true;
    result.data.scale() = scale;
    fill_combination(terms, result.data);
    return result;
  }

  void fill_combination(const std::vector<std::pair<Ciphertext, Scalar>>& terms, seal::Ciphertext& result) const {
    const std::size_t degree = context_.poly_modulus_degree();
    std::vector<ScaledTerm> scaled(terms.size());
    for (std::size_t prime = 0; prime < result.coeff_modulus_size(); ++prime) {
      for (std::size_t part = 0; part < 2; ++part) {
        for (std::size_t i = 0; i < terms.size(); ++i) {
          scaled[i] = {terms[i].second.modulo(context_.primes()[prime]),
                       terms[i].first.data.data(part) + prime * degree};
        }
        arithmetic_.sum_scaled(context_, prime, scaled, result.data(part) + prime * degree);
      }
    }
  }

  void add_to(Ciphertext& sum, Ciphertext term, double scale) const {
    term.data.scale() = scale;
    if (sum.data.size() == 0) {
      sum = std::move(term);
    } else {
      sum = add(sum, term);
    }
  }

  /// A constant polynomial has the same value in every NTT position.
  void add_constant(Ciphertext& sum, double constant) const {
    const Scalar scalar(constant * sum.data.scale());
    if (scalar.is_zero()) {
      return;
    }
    const std::size_t degree = context_.poly_modulus_degree();
    for (std::size_t prime = 0; prime < sum.data.coeff_modulus_size(); ++prime) {
      const seal::Modulus& modulus = context_.primes()[prime];
      const std::uint64_t residue = scalar.modulo(modulus);
      std::uint64_t* values = sum.data.data(0) + prime * degree;
      for (std::size_t i = 0; i < degree; ++i) {
        values[i] = seal::util::add_uint_mod(values[i], residue, modulus);
      }
    }
  }

  const PolynomialArithmetic& arithmetic_;
  Basis basis_;
  const Context& context_;
  const EvaluationKeys& keys_;
  std::map<int, Ciphertext> powers_;
};

Ciphertext seal_relinearize_rescale(const Ciphertext& operand, const EvaluationKeys& keys) {
  return rescale(relinearize(operand, keys));
}

void seal_sum_scaled(const Context& context, std::size_t prime, std::span<const ScaledTerm> terms,
                     std::uint64_t* out) {
  sum_scaled(terms, context.poly_modulus_degree(), context.primes()[prime], out);
}

constexpr PolynomialArithmetic kSealArithmetic{multiply,    square,          rescale, seal_relinearize_rescale,
                                               relinearize, seal_sum_scaled};

}  // namespace

const PolynomialArithmetic& seal_arithmetic() { return kSealArithmetic; }

Ciphertext evaluate_polynomial(const PolynomialArithmetic& arithmetic, Basis basis,
                               const std::vector<double>& coefficients, const Ciphertext& input,
                               const EvaluationKeys& keys, double target_scale) {
  const int depth = power_depth(static_cast<int>(coefficients.size()));
  const int input_level = level(input);
  if (input_level < depth) {
    throw std::invalid_argument("the polynomial needs " + std::to_string(depth) +
                                " levels, the ciphertext is at level " + std::to_string(input_level));
  }
  if (input.data.size() != 2) {
    throw std::invalid_argument("a polynomial needs a ciphertext of size 2, this one has size " +
                                std::to_string(input.data.size()) + ": relinearize it first");
  }
  check_scale(*input.context, input_level - depth, target_scale);
  const PolynomialPlan plan = plan_polynomial(basis, coefficients, depth);
  return PolynomialEvaluator(arithmetic, basis, input, keys)
      .evaluate_rescaled(plan.root, input_level - depth, target_scale);
}

}  // namespace silenda
