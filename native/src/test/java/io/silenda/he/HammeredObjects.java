package io.silenda.he;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Everything that one context makes, for threads to use while it is closed. */
final class HammeredObjects implements AutoCloseable {
  static final int OPERATIONS = 9;
  private static final int LEVEL = 3;
  private static final double SCALE = 0x1p40;
  private static final CkksParameters PARAMETERS =
      InsecureCkksParameters.withoutSecurityCheck(1024, List.of(50, 40, 40, 40), 50);

  private final HeFixture he;
  private final EvaluationKeys keys;
  private final PublicKey publicKey;
  private final Plaintext plaintext;
  private final Ciphertext first;
  private final Ciphertext second;
  private final LinearTransform transform;
  private final Polynomial polynomial =
      new Polynomial(Polynomial.Basis.CHEBYSHEV, new double[] {0.1, 0.3, 0, -0.2, 0.1});

  HammeredObjects(Random random, String implementation) {
    he = new HeFixture(PARAMETERS, implementation);
    keys = he.keys(LEVEL, Map.of(1, LEVEL, 7, LEVEL, 64, LEVEL));
    publicKey = he.keyGenerator.publicKey(he.secretKey);
    plaintext = he.encoder.encode(HeFixture.randomValues(random, he.slots()), LEVEL, SCALE);
    first = he.encryptor.encrypt(plaintext);
    second = Encryptor.withPublicKey(he.context, publicKey).encrypt(plaintext);
    transform =
        LinearTransform.builder(he.context, LEVEL, SCALE, SCALE)
            .diagonal(0, 1, HeFixture.randomValues(random, he.slots()))
            .diagonal(64, 7, HeFixture.randomValues(random, he.slots()))
            .rescale(true)
            .build();
  }

  /** What may be closed while others use it, in a fresh list. */
  List<AutoCloseable> victims(boolean context) {
    List<AutoCloseable> victims =
        new ArrayList<>(
            List.of(keys, publicKey, plaintext, first, second, transform, he.secretKey));
    if (context) {
      victims.add(he.context);
    }
    return victims;
  }

  /** Each needs at least one of the victims, so that all are refused in the end. */
  void operation(int number) {
    Evaluator evaluator = he.evaluator;
    switch (number) {
      case 0 -> evaluator.rotate(first, 7, keys).close();
      case 1 -> evaluator.apply(transform, second, keys).close();
      case 2 -> evaluator.squareRelinearizeRescale(first, keys).close();
      case 3 -> evaluator.evaluate(polynomial, second, keys, SCALE).close();
      case 4 -> evaluator.multiplyPlain(first, plaintext).close();
      case 5 -> he.encryptor.encrypt(plaintext).close();
      case 6 -> Encryptor.withPublicKey(he.context, publicKey).encrypt(plaintext).close();
      case 7 -> he.decrypt(second);
      case 8 -> productOfBoth(evaluator);
      default -> throw new IllegalArgumentException("number " + number);
    }
  }

  private void productOfBoth(Evaluator evaluator) {
    try (Ciphertext product = evaluator.multiply(first, second);
        Ciphertext relinearized = evaluator.relinearize(product, keys)) {
      evaluator.rescale(relinearized).close();
    }
  }

  @Override
  public void close() {
    keys.close();
    publicKey.close();
    plaintext.close();
    first.close();
    second.close();
    transform.close();
    he.close();
  }
}
