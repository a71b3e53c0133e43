#include "polynomial.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace silenda {
namespace {

/// Coefficients smaller than this part of the largest one are rounding dust of the caller's fit.
constexpr double kDust = 1.0 / (1LL << 50);

int degree_of(const std::vector<double>& coefficients) {
  int degree = static_cast<int>(coefficients.size()) - 1;
  while (degree > 0 && coefficients[static_cast<std::size_t>(degree)] == 0) {
    --degree;
  }
  return degree;
}

bool is_power_of_two(int value) { return std::has_single_bit(static_cast<unsigned>(value)); }

int largest_power_of_two(int value) { return static_cast<int>(std::bit_floor(static_cast<unsigned>(value))); }

struct Division {
  std::vector<double> quotient;
  std::vector<double> remainder;
};

/// p = quotient * (basis polynomial number divisor) + remainder, for divisor <= degree < 2 * divisor.
Division divide(Basis basis, const std::vector<double>& p, int degree, int divisor) {
  Division result{std::vector<double>(static_cast<std::size_t>(degree - divisor) + 1),
                  std::vector<double>(p.begin(), p.begin() + divisor)};
  result.quotient[0] = p[static_cast<std::size_t>(divisor)];
  for (int k = divisor + 1; k <= degree; ++k) {
    const double coefficient = p[static_cast<std::size_t>(k)];
    if (basis == Basis::kMonomial) {
      result.quotient[static_cast<std::size_t>(k - divisor)] = coefficient;
    } else {
      // T_k = 2 T_divisor T_(k - divisor) - T_(2 divisor - k)
      result.quotient[static_cast<std::size_t>(k - divisor)] = 2 * coefficient;
      result.remainder[static_cast<std::size_t>(2 * divisor - k)] -= coefficient;
    }
  }
  return result;
}

/// Splits with a given number of baby powers. A position is the number of levels spent so far.
class Planner {
 public:
  Planner(Basis basis, int baby_count) : basis_(basis), baby_count_(baby_count) {}

  PolynomialNode plan(std::vector<double> p, int position) {
    PolynomialNode node;
    while (!all_available(p, position)) {
      const int degree = degree_of(p);
      const int divisor = largest_power_of_two(degree);
      Division division = divide(basis_, p, degree, divisor);
      if (degree_of(division.quotient) == 0) {
        node.linear[divisor] += division.quotient[0];
        require(divisor);
      } else {
        require(divisor);
        ++products_;
        node.products.push_back({divisor, plan(std::move(division.quotient), position - 1)});
      }
      p = std::move(division.remainder);
    }
    node.constant = p[0];
    for (std::size_t j = 1; j < p.size(); ++j) {
      if (p[j] != 0) {
        node.linear[static_cast<int>(j)] += p[j];
        require(static_cast<int>(j));
      }
    }
    return node;
  }

  std::size_t product_count() const { return products_ + powers_.size(); }

 private:
  bool all_available(const std::vector<double>& p, int position) const {
    for (int j = 1; j < static_cast<int>(p.size()); ++j) {
      const bool computed = j <= baby_count_ || is_power_of_two(j);
      if (p[static_cast<std::size_t>(j)] != 0 && !(computed && power_depth(j) <= position)) {
        return false;
      }
    }
    return true;
  }

  void require(int power) {
    if (power <= 1 || !powers_.insert(power).second) {
      return;
    }
    const auto [high, low] = split_power(power);
    require(high);
    require(low);
    if (basis_ == Basis::kChebyshev && high != low) {
      require(high - low);
    }
  }

  Basis basis_;
  int baby_count_;
  std::size_t products_ = 0;
  std::set<int> powers_;
};

void drop_dust(std::vector<double>& coefficients) {
  double largest = 0;
  for (double coefficient : coefficients) {
    largest = std::max(largest, std::abs(coefficient));
  }
  for (double& coefficient : coefficients) {
    if (std::abs(coefficient) < largest * kDust) {
      coefficient = 0;
    }
  }
}

}  // namespace

int power_depth(int power) { return static_cast<int>(std::bit_width(static_cast<unsigned>(power - 1))); }

PowerSplit split_power(int power) {
  if (is_power_of_two(power)) {
    return {power / 2, power / 2};
  }
  const int high = largest_power_of_two(power);
  return {high, power - high};
}

PolynomialPlan plan_polynomial(Basis basis, std::vector<double> coefficients, int depth) {
  drop_dust(coefficients);
  const int degree = degree_of(coefficients);
  if (degree < 1) {
    throw std::invalid_argument("the polynomial is constant: the result would not be encrypted");
  }
  PolynomialPlan best;
  for (int baby_count = 1; baby_count <= 2 * degree; baby_count *= 2) {
    Planner planner(basis, baby_count);
    PolynomialNode root = planner.plan(coefficients, depth - 1);
    if (best.product_count == 0 || planner.product_count() < best.product_count) {
      best = {std::move(root), planner.product_count()};
    }
  }
  return best;
}

}  // namespace silenda
