#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace silenda {

enum class Basis { kMonomial, kChebyshev };

/// Levels that power (or Chebyshev polynomial) number n >= 1 takes: ceil(log2 n).
int power_depth(int power);

/// A polynomial as a sum of a constant, scaled powers, and quotients times powers: Paterson-Stockmeyer.
struct PolynomialNode {
  struct Product;
  double constant = 0;
  std::map<int, double> linear;
  std::vector<Product> products;
};

struct PolynomialNode::Product {
  int power;
  PolynomialNode quotient;
};

struct PolynomialPlan {
  PolynomialNode root;
  /// Products of two ciphertexts, powers included.
  std::size_t product_count = 0;
};

/// The plan with the fewest products among all numbers of baby powers, for a result that spends depth levels.
/// The depth must be at least ceil(log2(degree + 1)); coefficients[i] belongs to power i.
PolynomialPlan plan_polynomial(Basis basis, std::vector<double> coefficients, int depth);

/// The two or three powers that power number n > 1 is computed from: n = high + low, and high - low for
/// Chebyshev polynomials, where T_n = 2 T_high T_low - T_(high - low).
struct PowerSplit {
  int high;
  int low;
};
PowerSplit split_power(int power);

}  // namespace silenda
