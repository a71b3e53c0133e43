#include "polynomial_evaluator.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "encoding.h"
#include "fast/pool.h"
#include "seal/util/polyarithsmallmod.h"
#include "seal/util/uintarithsmallmod.h"

namespace silenda {
namespace {

__extension__ typedef unsigned __int128 Wide;

/// Scalars up to here are rounded to integers, which leaves room in 128 bits; larger doubles are integers.
constexpr double kLargestRounded = 0x1p120;
constexpr int kMantissaBits = 53;

/// An integer known by its sign and absolute value, so that it can be reduced modulo any prime.
class Scalar {
 public:
  explicit Scalar(double value) : negative_(value < 0) {
    const double magnitude = std::abs(value);
    if (!std::isfinite(magnitude)) {
      throw std::invalid_argument("a coefficient times its scale is not finite");
    }
    if (magnitude < kLargestRounded) {
      magnitude_ = static_cast<Wide>(std::round(magnitude));
    } else {
      magnitude_ = static_cast<Wide>(std::ldexp(std::frexp(magnitude, &zero_bits_), kMantissaBits));
      zero_bits_ -= kMantissaBits;
    }
  }

  bool is_zero() const { return magnitude_ == 0; }

  std::uint64_t modulo(const seal::Modulus& prime) const {
    auto residue = static_cast<std::uint64_t>(magnitude_ % prime.value());
    for (int i = 0; i < zero_bits_; ++i) {
      residue = seal::util::add_uint_mod(residue, residue, prime);
    }
    return negative_ ? seal::util::negate_uint_mod(residue, prime) : residue;
  }

 private:
  bool negative_;
  Wide magnitude_;
  int zero_bits_ = 0;
};

class PolynomialEvaluator {
 public:
  PolynomialEvaluator(const PolynomialArithmetic& arithmetic, Basis basis, const Ciphertext& input,
                      const EvaluationKeys& keys)
      : arithmetic_(arithmetic), basis_(basis), context_(*input.context), keys_(keys) {
    powers_.emplace(1, input);
  }

  /// Computes the powers that a node needs.
  void prepare(const PolynomialNode& node) {
    for (const auto& term : node.linear) {
      prepare(term.first);
    }
    for (const auto& product : node.products) {
      prepare(product.power);
      prepare(product.quotient);
    }
  }

  /// The node's value at this level and scale, not rescaled, of size 2 or 3. The node has been prepared.
  Ciphertext evaluate(const PolynomialNode& node, int node_level, double scale) const {
    check_scale(context_, node_level, scale);
    std::vector<std::optional<Ciphertext>> products(node.products.size());
    fast::parallel_for(products.size(), [&](std::size_t i) {
      const Ciphertext& power = powers_.at(node.products[i].power);
      products[i] = arithmetic_.multiply(
          evaluate_rescaled(node.products[i].quotient, node_level, scale / power.data.scale()), power);
    });
    Ciphertext sum = combine(node, node_level, scale);
    for (std::optional<Ciphertext>& product : products) {
      product->data.scale() = scale;
      sum = sum.data.size() == 0 ? std::move(*product) : add_to(std::move(*product), sum);
    }
    if (sum.data.size() == 0) {
      throw std::invalid_argument("the coefficients of a power vanish at the scale 2^" +
                                  std::to_string(std::log2(scale)));
    }
    add_constant(sum, node.constant);
    return sum;
  }

  Ciphertext evaluate_rescaled(const PolynomialNode& node, int result_level, double scale) const {
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

  void prepare(int index) {
    if (powers_.find(index) != powers_.end()) {
      return;
    }
    const auto [high, low] = split_power(index);
    prepare(high);
    prepare(low);
    if (basis_ == Basis::kChebyshev && high != low) {
      prepare(high - low);
    }
    powers_.emplace(index, compute_power(powers_.at(high), powers_.at(low), high - low));
  }

  /// The correction belongs to the product before it is relinearized: one division does for all.
  Ciphertext compute_power(const Ciphertext& high, const Ciphertext& low, int difference) const {
    Ciphertext product = difference == 0 ? arithmetic_.square(high) : arithmetic_.multiply(high, low);
    if (basis_ == Basis::kMonomial) {
      return arithmetic_.relinearize_rescale(product, keys_);
    }
    weigh(product, 2);
    if (difference == 0) {
      product = arithmetic_.relinearize_rescale(product, keys_);
      add_constant(product, -1);
      return product;
    }
    PolynomialNode correction;
    correction.linear[difference] = -1;
    return arithmetic_.relinearize_rescale(
        add_to(std::move(product), combine(correction, level(product), product.data.scale())), keys_);
  }

  /// The sum of the node's scaled powers; of size 0 when every scalar rounds to zero.
  Ciphertext combine(const PolynomialNode& node, int node_level, double scale) const {
    std::vector<Term> terms;
    for (const auto& [index, coefficient] : node.linear) {
      const Ciphertext& power = powers_.at(index);
      const Scalar scalar(coefficient * (scale / power.data.scale()));
      if (!scalar.is_zero()) {
        terms.push_back({&power.data, scalar});
      }
    }
    Ciphertext result{powers_.at(1).context, seal::Ciphertext(Context::pool())};
    if (terms.empty()) {
      return result;
    }
    result.data.resize(context_.seal(), context_.parms_id(node_level), 2);
    result.data.is_ntt_form() = true;
    result.data.scale() = scale;
    sum_terms(terms, result.data, 2);
    return result;
  }

  struct Term {
    const seal::Ciphertext* ciphertext;
    Scalar scalar;
  };

  /// The first polynomials of the result become the weighted sum. Terms of higher levels have the primes needed, too.
  void sum_terms(const std::vector<Term>& terms, seal::Ciphertext& result, std::size_t polynomials) const {
    const std::size_t degree = context_.poly_modulus_degree();
    fast::parallel_for(polynomials * result.coeff_modulus_size(), [&](std::size_t i) {
      const std::size_t prime = i / polynomials;
      const std::size_t part = i % polynomials;
      std::vector<ScaledTerm> scaled;
      for (const Term& term : terms) {
        scaled.push_back({term.scalar.modulo(context_.primes()[prime]),
                          term.ciphertext->data(part) + prime * degree});
      }
      arithmetic_.sum_scaled(context_, prime, scaled, result.data(part) + prime * degree);
    });
  }

  void weigh(Ciphertext& operand, double weight) const {
    sum_terms({{&operand.data, Scalar(weight)}}, operand.data, operand.data.size());
  }

  /// The addend is at the same level, and may be the shorter one.
  Ciphertext add_to(Ciphertext sum, const Ciphertext& addend) const {
    if (addend.data.size() > sum.data.size()) {
      return add_to(addend, sum);
    }
    sum_terms({{&sum.data, Scalar(1)}, {&addend.data, Scalar(1)}}, sum.data, addend.data.size());
    return sum;
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

Ciphertext seal_multiply(const Ciphertext& left, const Ciphertext& right) {
  const int product_level = std::min(level(left), level(right));
  return multiply(mod_switch_to(left, product_level), mod_switch_to(right, product_level));
}

constexpr PolynomialArithmetic kSealArithmetic{seal_multiply, square, rescale, seal_relinearize_rescale,
                                               seal_sum_scaled};

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
  PolynomialEvaluator evaluator(arithmetic, basis, input, keys);
  evaluator.prepare(plan.root);
  return evaluator.evaluate_rescaled(plan.root, input_level - depth, target_scale);
}

}  // namespace silenda
