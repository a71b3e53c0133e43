package io.silenda.dp.accounting.pld;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Masses of intervals beside a series in hundreds of digits. */
class NormalMassTest {
  private static final long SEED = 20;
  // Terms grow to exp(x^2 / 2) while masses fall to exp(-x^2 / 2): 10^±31 at 12, 10^±281 at 36.
  private static final MathContext NEAR = new MathContext(110);
  private static final MathContext FAR = new MathContext(700);
  private static final BigDecimal ROOT_TWO_PI =
      new BigDecimal(
          "2.506628274631000502415765284811045253006986740609938316629923576342293654607841974946595838");

  private final Random random = new Random(SEED);

  @Test
  void relativeErrorIsFarBelowWhatAccountingAdds() {
    for (int i = 0; i < 100; i++) {
      double low = random.nextDouble() * 12 * (random.nextInt(4) == 0 ? -1 : 1);
      assertClose(low, low + Math.pow(10, -7 + 7.5 * random.nextDouble()), NEAR);
    }
    for (int i = 0; i < 2; i++) {
      double low = 30 + 5 * random.nextDouble();
      assertClose(low, low + Math.pow(10, -7 + 7 * random.nextDouble()), FAR);
    }
  }

  @Test
  void tailsKeepTheirDigits() {
    BigDecimal half = ROOT_TWO_PI.divide(BigDecimal.valueOf(2), NEAR);
    for (int i = 0; i < 100; i++) {
      // Less is known of the constant than the smallest tails would need.
      double x = 12 * random.nextDouble();
      assertClose(NormalMass.above(x), half.subtract(integral(x, NEAR)), "above " + x);
    }
  }

  private static void assertClose(double low, double high, MathContext digits) {
    BigDecimal exact = integral(high, digits).subtract(integral(low, digits));
    assertClose(NormalMass.between(low, high), exact, "from " + low + " to " + high);
  }

  private static void assertClose(double mass, BigDecimal exactTimesRoot, String which) {
    BigDecimal exact = exactTimesRoot.divide(ROOT_TWO_PI, NEAR);
    double error =
        new BigDecimal(mass).subtract(exact).divide(exact, MathContext.DECIMAL64).doubleValue();
    assertThat(Math.abs(error))
        .as("%s, seed %d", which, SEED)
        .isLessThan(LossCells.MASS_ERROR / 10);
  }

  /** Integral of exp(-t^2 / 2) from 0 to x: sum of (-1)^n x^(2n+1) / (2^n n! (2n+1)). */
  private static BigDecimal integral(double at, MathContext digits) {
    BigDecimal x = new BigDecimal(at);
    BigDecimal square = x.multiply(x, digits).divide(BigDecimal.valueOf(-2), digits);
    BigDecimal least = BigDecimal.ONE.movePointLeft(digits.getPrecision() - 20);
    BigDecimal power = x;
    BigDecimal sum = x;
    for (int n = 1; power.abs().compareTo(least) > 0; n++) {
      power = power.multiply(square, digits).divide(BigDecimal.valueOf(n), digits);
      sum = sum.add(power.divide(BigDecimal.valueOf(2L * n + 1), digits), digits);
    }
    return sum;
  }
}
