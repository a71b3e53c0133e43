package io.silenda.bench.jmh;

import io.silenda.bench.kernels.Implementation;
import io.silenda.bench.kernels.Preset;
import io.silenda.bench.measure.Resources;
import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.Encoder;
import io.silenda.he.Encryptor;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.he.EvaluationKeys;
import io.silenda.he.Evaluator;
import io.silenda.he.KeyGenerator;
import io.silenda.he.Plaintext;
import io.silenda.he.PublicKey;
import io.silenda.he.SecretKey;
import java.util.Random;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The evaluator's single operations; those that belong together are in other benchmarks. */
public class OperatorBenchmark extends Microseconds {
  /** Who computes; SEAL is the baseline. */
  @Param({"SEAL", "SILENDA"})
  public Implementation implementation = Implementation.SEAL;

  /** Which ring. */
  @Param({"N8192_L5", "N16384_L7"})
  public Preset preset = Preset.N8192_L5;

  private Resources resources = new Resources();

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private Evaluator evaluator;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private EvaluationKeys keys;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private PublicKey publicKey;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private Plaintext plaintext;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private Ciphertext ciphertext;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private Ciphertext other;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private Ciphertext product;

  /** Makes keys and operands at the top level. */
  @Setup(Level.Trial)
  public void open() {
    resources = new Resources();
    CkksContext context = resources.own(CkksContext.create(preset.parameters()));
    int level = preset.parameters().maxLevel();
    KeyGenerator generator = resources.own(new KeyGenerator(context));
    SecretKey secret = resources.own(generator.secretKey());
    publicKey = resources.own(generator.publicKey(secret));
    EvaluationKeyPlan plan = new EvaluationKeyPlan(level, new TreeMap<>());
    keys = resources.own(generator.evaluationKeys(secret, plan));
    double[] values = new Random(1).doubles(preset.parameters().slotCount(), -1, 1).toArray();
    plaintext = resources.own(new Encoder(context).encode(values, level, preset.scale()));
    Encryptor encryptor = Encryptor.symmetric(context, secret);
    ciphertext = resources.own(encryptor.encrypt(plaintext));
    other = resources.own(encryptor.encrypt(plaintext));
    evaluator = implementation.evaluator(context);
    product = resources.own(evaluator.multiply(ciphertext, ciphertext));
  }

  /** Frees them. */
  @TearDown(Level.Trial)
  public void close() {
    resources.close();
  }

  /** Difference of two ciphertexts. */
  @Benchmark
  public void subtract() {
    evaluator.sub(ciphertext, other).close();
  }

  /** The negative of a ciphertext. */
  @Benchmark
  public void negate() {
    evaluator.negate(ciphertext).close();
  }

  /** Product of two ciphertexts, of three polynomials. */
  @Benchmark
  public void multiply() {
    evaluator.multiply(ciphertext, ciphertext).close();
  }

  /** Square of a ciphertext, of three polynomials. */
  @Benchmark
  public void square() {
    evaluator.square(ciphertext).close();
  }

  /** A product back to two polynomials. */
  @Benchmark
  public void relinearize() {
    evaluator.relinearize(product, keys).close();
  }

  /** A ciphertext a level lower, without division. */
  @Benchmark
  public void modSwitch() {
    evaluator.modSwitchTo(ciphertext, preset.parameters().maxLevel() - 1).close();
  }

  /** A ciphertext with fresh randomness. */
  @Benchmark
  public void rerandomize() {
    evaluator.rerandomize(ciphertext, publicKey).close();
  }

  /** Sum with a plaintext. */
  @Benchmark
  public void addPlain() {
    evaluator.addPlain(ciphertext, plaintext).close();
  }
}
