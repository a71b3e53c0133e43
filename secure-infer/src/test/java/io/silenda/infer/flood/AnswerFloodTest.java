package io.silenda.infer.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.he.AcceleratedEvaluator;
import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.CkksParameters;
import io.silenda.he.Decryptor;
import io.silenda.he.Encoder;
import io.silenda.he.Encryptor;
import io.silenda.he.KeyGenerator;
import io.silenda.he.Plaintext;
import io.silenda.he.SecretKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerFloodTest {
  private static final double SCALE = 0x1p90;
  private static final double VALUE = 0.75;

  /**
   * The noise of 4096 slots: its deviation is off by more than a sixteenth, 5.6 of its own
   * deviations, in fewer than one run of ten million; its mean by more than six in as many.
   */
  @Test
  void slotsOfAFloodedAnswerHaveTheDeviationThatWasAskedFor() {
    CkksParameters parameters = CkksParameters.of(8192, List.of(48, 30, 30), 48);
    double coefficientDeviation = 0x1p66;
    try (CkksContext context = CkksContext.create(parameters);
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey key = generator.secretKey();
        Ciphertext answer = encrypted(context, key);
        Ciphertext flooded =
            new AnswerFlood(context, 2, coefficientDeviation)
                .flooded(new AcceleratedEvaluator(context), answer)) {
      assertThat(flooded.level()).isEqualTo(2);
      double[] slots = new Decryptor(context, key).decrypt(flooded);
      double expected = coefficientDeviation * Math.sqrt(4096) / SCALE;
      double mean = Arrays.stream(slots).average().orElseThrow();
      double variance = Arrays.stream(slots).map(x -> (x - VALUE) * (x - VALUE)).sum() / 4096;
      assertThat(Math.sqrt(variance) / expected).isBetween(15 / 16.0, 17 / 16.0);
      assertThat(mean).isBetween(VALUE - 6 * expected / 64, VALUE + 6 * expected / 64);
      // Fresh noise every time, or two answers to one request would show their own.
      try (Ciphertext again =
          new AnswerFlood(context, 2, coefficientDeviation)
              .flooded(new AcceleratedEvaluator(context), answer)) {
        assertThat(new Decryptor(context, key).decrypt(again)).isNotEqualTo(slots);
      }
    }
  }

  private static Ciphertext encrypted(CkksContext context, SecretKey key) {
    double[] values = new double[4096];
    Arrays.fill(values, VALUE);
    try (Plaintext plaintext = new Encoder(context).encode(values, 2, SCALE)) {
      return Encryptor.symmetric(context, key).encrypt(plaintext);
    }
  }
}
