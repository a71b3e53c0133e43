package io.silenda.bench.growth;

import io.silenda.he.AcceleratedEvaluator;
import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.CkksParameters;
import io.silenda.he.ComputePool;
import io.silenda.he.Encoder;
import io.silenda.he.Encryptor;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.he.EvaluationKeys;
import io.silenda.he.Evaluator;
import io.silenda.he.KeyGenerator;
import io.silenda.he.Plaintext;
import io.silenda.he.SecretKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;

/** A rotation in rings of different sizes over the same primes. */
final class SlotProbe implements Probe {
  private static final List<Integer> PRIME_BITS = List.of(36, 34);
  private static final int SPECIAL_BITS = 36;

  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final CkksParameters parameters;
  private final EvaluationKeys keys;
  private final Evaluator evaluator;
  private final Ciphertext operand;

  private SlotProbe(int degree) {
    this.parameters = CkksParameters.of(degree, PRIME_BITS, SPECIAL_BITS);
    CkksContext context = own(CkksContext.create(parameters));
    KeyGenerator generator = own(new KeyGenerator(context));
    SecretKey secretKey = own(generator.secretKey());
    TreeMap<Integer, Integer> steps = new TreeMap<>();
    steps.put(1, parameters.maxLevel());
    this.keys =
        own(
            generator.evaluationKeys(
                secretKey, new EvaluationKeyPlan(parameters.maxLevel(), steps)));
    this.evaluator = new AcceleratedEvaluator(context, own(ComputePool.ofThreads(1)));
    double[] values = new double[parameters.slotCount()];
    Plaintext plaintext = own(new Encoder(context).encode(values, parameters.maxLevel(), 0x1p30));
    this.operand = own(Encryptor.symmetric(context, secretKey).encrypt(plaintext));
  }

  static SlotProbe open(int degree) {
    return new SlotProbe(degree);
  }

  private <T extends AutoCloseable> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  @Override
  public double x() {
    return parameters.slotCount();
  }

  @Override
  public String label() {
    return parameters.toString();
  }

  @Override
  public double nanos() {
    long start = System.nanoTime();
    evaluator.rotate(operand, 1, keys).close();
    return System.nanoTime() - start;
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
