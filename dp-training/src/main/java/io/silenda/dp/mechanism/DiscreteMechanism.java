package io.silenda.dp.mechanism;

import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.accounting.PrivacyEvent.DiscreteGaussian;
import io.silenda.dp.accounting.PrivacyEvent.DiscreteLaplace;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.ToLongFunction;

/**
 * Integer noise on an integer, sampled by exact rational arithmetic (Canonne, Kamath, Steinke
 * 2020). Immutable and thread-safe; sources are not. About a million samples a second: for counts,
 * not for gradients.
 */
public final class DiscreteMechanism {
  private static final long LARGEST_VALUE = 1L << 52;

  private final PrivacyEvent event;
  private final ToLongFunction<ExactCoins> sampler;

  private DiscreteMechanism(PrivacyEvent event, ToLongFunction<ExactCoins> sampler) {
    this.event = event;
    this.sampler = sampler;
  }

  /**
   * Discrete normal noise.
   *
   * @param sigma scale, from 0.001 to 10^6, taken as the rational number that the double is
   * @param sensitivity most by which one record moves the integer
   */
  public static DiscreteMechanism gaussian(double sigma, int sensitivity) {
    if (!(sigma >= 1e-3 && sigma <= 1e6)) {
      throw new IllegalArgumentException("sigma " + sigma + " is not from 0.001 to 1000000");
    }
    BigDecimal variance = new BigDecimal(sigma).pow(2);
    BigInteger denominator = BigInteger.TEN.pow(Math.max(0, variance.scale()));
    BigInteger numerator = variance.multiply(new BigDecimal(denominator)).toBigIntegerExact();
    BigInteger common = numerator.gcd(denominator);
    BigInteger n = numerator.divide(common);
    BigInteger d = denominator.divide(common);
    return new DiscreteMechanism(
        new DiscreteGaussian(sigma, sensitivity), coins -> coins.discreteGaussian(n, d));
  }

  /**
   * Two-sided geometric noise exp(-|k| s / t).
   *
   * @param t numerator of the scale, up to 2^20
   * @param s denominator of the scale, up to 2^20
   * @param sensitivity most by which one record moves the integer
   */
  public static DiscreteMechanism laplace(int t, int s, int sensitivity) {
    if (t < 1 || t > 1 << 20 || s < 1 || s > 1 << 20) {
      throw new IllegalArgumentException(
          "scale " + t + " / " + s + " has a part that is not from 1 to " + (1 << 20));
    }
    // The parameter rounded up: it costs, and never gains.
    return new DiscreteMechanism(
        new DiscreteLaplace(Math.nextUp((double) s / t), sensitivity),
        coins -> coins.discreteLaplace(t, s));
  }

  /** What one release costs. */
  public PrivacyEvent event() {
    return event;
  }

  /**
   * The integer with fresh noise.
   *
   * @param value cut at 2^52 either way
   */
  public NoisedSum release(long value, NoiseSource source) {
    long cut = Math.max(-LARGEST_VALUE, Math.min(LARGEST_VALUE, value));
    long noised = cut + sampler.applyAsLong(new ExactCoins(source));
    return new NoisedSum(new double[] {GridSum.value(noised, 1)}, 1, event, source.isSecret());
  }
}
