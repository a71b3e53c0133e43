package io.silenda.bench.jmh;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.Calibration;
import io.silenda.dp.accounting.PrivacyAccountant;
import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.PoissonSampled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Answers of the accountants; Rényi accounting is the baseline of loss distributions. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class AccountantBenchmark {
  /** Sampling rate, noise multiplier and steps. */
  @Param({"0.004266,1.1,14062", "0.01,1,1000", "0.08192,4,610", "1,10,100"})
  public String setting = "";

  private double delta = 1e-5;

  /** By loss distributions. */
  @Benchmark
  public double pld() throws AccountingException {
    return PrivacyAccountant.pld().epsilon(event(), Adjacency.ADD_REMOVE, delta);
  }

  /** The baseline. */
  @Benchmark
  public double rdp() throws AccountingException {
    return PrivacyAccountant.rdp().epsilon(event(), Adjacency.ADD_REMOVE, delta);
  }

  /** The noise for an epsilon of 2. */
  @Benchmark
  public double calibrate() throws AccountingException {
    double rate = part(0);
    long steps = (long) part(2);
    return Calibration.noise(
        PrivacyAccountant.pld(),
        sigma -> event(rate, sigma, steps),
        Adjacency.ADD_REMOVE,
        2,
        delta);
  }

  private PrivacyEvent event() {
    return event(part(0), part(1), (long) part(2));
  }

  private static PrivacyEvent event(double rate, double sigma, long steps) {
    return new PoissonSampled(rate, new Gaussian(sigma)).times(steps);
  }

  private double part(int i) {
    return Double.parseDouble(setting.split(",", -1)[i]);
  }
}
