package io.silenda.he;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A context with keys for tests; ciphertexts that its helpers make are closed by the test or the
 * cleaner.
 */
final class HeFixture implements AutoCloseable {
  static final CkksParameters DEGREE_4096 = CkksParameters.of(4096, List.of(36, 34), 36);
  static final CkksParameters DEGREE_8192 =
      CkksParameters.of(8192, List.of(49, 34, 25, 34, 24), 48);
  static final CkksParameters DEGREE_16384 =
      CkksParameters.of(16384, List.of(50, 40, 40, 40, 40, 40, 40, 40), 50);

  /** A long chain in a small ring: fast, and not secure. */
  static final CkksParameters LONG_CHAIN =
      InsecureCkksParameters.withoutSecurityCheck(2048, List.of(50, 40, 40, 40, 40, 40, 40), 50);

  /** Two special primes, and a digit that is not full. */
  static final CkksParameters HYBRID_16384 =
      CkksParameters.of(16384, List.of(48, 40, 40, 40, 40, 40, 40), List.of(45, 45));

  /** Three special primes in a small ring; not secure. */
  static final CkksParameters HYBRID_CHAIN =
      InsecureCkksParameters.withoutSecurityCheck(
          2048, List.of(50, 40, 40, 40, 40, 40, 40), List.of(45, 45, 45));

  final CkksContext context;
  final KeyGenerator keyGenerator;
  final SecretKey secretKey;
  final Encoder encoder;
  final Encryptor encryptor;
  final Decryptor decryptor;
  final Evaluator evaluator;

  /** With the fastest kernels. */
  HeFixture(CkksParameters parameters) {
    this(parameters, NativeInfo.current().evaluatorKernel());
  }

  /**
   * With one of {@link #implementations()}.
   *
   * @param implementation name of the kernels, or {@code seal}
   */
  HeFixture(CkksParameters parameters, String implementation) {
    boolean seal = implementation.equals("seal");
    context = CkksContext.create(parameters, seal ? "" : implementation);
    keyGenerator = new KeyGenerator(context);
    secretKey = keyGenerator.secretKey();
    encoder = new Encoder(context);
    encryptor = Encryptor.symmetric(context, secretKey);
    decryptor = new Decryptor(context, secretKey);
    evaluator = seal ? new SealEvaluator(context) : new AcceleratedEvaluator(context);
  }

  /** Every evaluator on every kernel set that this processor runs. */
  static Stream<String> implementations() {
    return Stream.concat(Stream.of("seal"), kernels());
  }

  /** Every kernel set that this processor runs. */
  static Stream<String> kernels() {
    return NativeInfo.supportedKernels().stream();
  }

  int slots() {
    return context.parameters().slotCount();
  }

  int maxLevel() {
    return context.parameters().maxLevel();
  }

  Ciphertext encrypt(double[] values, int level, double scale) {
    try (Plaintext plaintext = encoder.encode(values, level, scale)) {
      return encryptor.encrypt(plaintext);
    }
  }

  double[] decrypt(Ciphertext ciphertext) {
    return decryptor.decrypt(ciphertext);
  }

  EvaluationKeys keys(int relinearizationLevel, Map<Integer, Integer> rotationLevels) {
    return keyGenerator.evaluationKeys(
        secretKey, new EvaluationKeyPlan(relinearizationLevel, new TreeMap<>(rotationLevels)));
  }

  /**
   * Bound on the error that one key switch at this level leaves in a slot. SEAL's digits are not
   * centred: their mean, half a prime, multiplies the key's error by 1 + X + … + X^(N-1), which is
   * up to 2N/π in a few slots. Six deviations of that error (3.24 for each of N coefficients) in
   * such a slot. With several special primes digits are centred, see {@link #hybridBound}.
   */
  double keySwitchBound(int level, double scale) {
    if (context.specialPrimes().length > 1) {
      return hybridBound(level, scale);
    }
    double degree = context.parameters().polyModulusDegree();
    double primeRatio = 0;
    for (int i = 0; i <= level; i++) {
      primeRatio += (double) context.dataPrimes()[i] / context.specialPrimes()[0];
    }
    return primeRatio * (degree / Math.PI) * 6 * 3.24 * Math.sqrt(degree) / scale;
  }

  /**
   * Seven deviations of a slot's error. A digit of k primes has the deviation sqrt(k/12) times
   * their product, and meets the key's error (3.24) in N coefficients, over the special primes; the
   * division by these leaves sqrt(k/12) in both parts, one of which meets the ternary secret.
   */
  private double hybridBound(int level, double scale) {
    int special = context.specialPrimes().length;
    double degree = context.parameters().polyModulusDegree();
    double variance = special / 12.0 * (1 + degree * 2 / 3);
    for (int first = 0; first <= level; first += special) {
      int count = Math.min(special, level + 1 - first);
      double ratio = 1;
      for (int i = 0; i < special; i++) {
        ratio /= context.specialPrimes()[i];
        ratio *= i < count ? context.dataPrimes()[first + i] : 1;
      }
      variance += degree * 3.24 * 3.24 * count / 12 * ratio * ratio;
    }
    return 7 * Math.sqrt(degree * variance) / scale;
  }

  /** Uniform in [-1, 1). */
  static double[] randomValues(Random random, int count) {
    return random.doubles(count, -1, 1).toArray();
  }

  static double maxError(double[] actual, double[] expected) {
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
    }
    return largest;
  }

  @Override
  public void close() {
    secretKey.close();
    keyGenerator.close();
    context.close();
  }

  /** Keys for all rotations of some transforms; the caller closes them. */
  EvaluationKeys keysFor(LinearTransform... transforms) {
    SortedMap<Integer, Integer> levels = new TreeMap<>();
    for (LinearTransform transform : transforms) {
      transform.rotationLevels().forEach((step, level) -> levels.merge(step, level, Math::max));
    }
    return keyGenerator.evaluationKeys(secretKey, new EvaluationKeyPlan(-1, levels));
  }
}
