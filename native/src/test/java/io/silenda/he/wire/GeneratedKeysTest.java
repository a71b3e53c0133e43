package io.silenda.he.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.silenda.he.Ciphertext;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.he.EvaluationKeys;
import io.silenda.he.KeyGenerator;
import io.silenda.he.NativeMemory;
import io.silenda.he.PublicKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneratedKeysTest {
  private static final double[] VALUES = {1, -2, 3, 0.5};

  @Test
  void keysThatAreWrittenAsTheyAreMadeAreAllThere() throws Exception {
    try (WireFixture he = new WireFixture(WireFixture.DEGREE_4096)) {
      int top = he.maxLevel();
      EvaluationKeyPlan plan = WireFixture.plan(top, Map.of(1, top, -5, 0));
      byte[] frame = WireFixture.bytes(out -> generate(he, plan, out));
      assertThat(frame).hasSize((int) EvaluationKeysCodec.frameBytes(he.context, plan));
      try (ServerKeys keys = EvaluationKeysCodec.read(frame, he.context, plan, WireFixture.MODEL);
          Ciphertext fresh = he.encrypt(VALUES, top, WireFixture.SCALE);
          Ciphertext rotated = he.evaluator.rotate(fresh, 1, keys.evaluationKeys());
          Ciphertext square = he.evaluator.square(fresh);
          Ciphertext linear = he.evaluator.relinearize(square, keys.evaluationKeys())) {
        assertThat(keys.keyId()).isEqualTo(he.secretKey.keyId());
        for (int slot = 0; slot < VALUES.length; slot++) {
          double next = slot + 1 < VALUES.length ? VALUES[slot + 1] : 0;
          assertThat(he.decrypt(rotated)[slot]).isCloseTo(next, within(0.01));
          assertThat(he.decrypt(linear)[slot]).isCloseTo(VALUES[slot] * VALUES[slot], within(0.01));
        }
      }
    }
  }

  @Test
  void noMoreThanOneKeyIsInMemory() throws Exception {
    try (WireFixture he = new WireFixture(WireFixture.DEGREE_4096);
        KeyGenerator generator = new KeyGenerator(he.context);
        PublicKey publicKey = generator.publicKey(he.secretKey)) {
      int top = he.maxLevel();
      long oneKey;
      try (EvaluationKeys one =
          generator.evaluationKeys(he.secretKey, WireFixture.plan(top, Map.of()))) {
        oneKey = one.nativeBytes();
      }
      long before = NativeMemory.allocatedBytes();
      PeakOutputStream peak = new PeakOutputStream();
      generate(he, WireFixture.plan(top, Map.of(1, top, 2, top, 3, top, 4, 0)), peak);
      assertThat(peak.bytes - before).isEqualTo(oneKey + publicKey.nativeBytes());
      assertThat(NativeMemory.allocatedBytes()).isEqualTo(before);
    }
  }

  @Test
  void theKeysOfAnotherContextAreRefused() throws Exception {
    try (WireFixture he = new WireFixture(WireFixture.DEGREE_4096);
        WireFixture other = new WireFixture(WireFixture.DEGREE_4096);
        KeyGenerator generator = new KeyGenerator(other.context)) {
      assertThatThrownBy(
              () ->
                  EvaluationKeysCodec.generate(
                      generator,
                      he.secretKey,
                      WireFixture.plan(0, Map.of()),
                      WireFixture.MODEL,
                      new ByteArrayOutputStream()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("secretKey");
    }
  }

  private static void generate(WireFixture he, EvaluationKeyPlan plan, OutputStream out)
      throws IOException {
    try (KeyGenerator generator = new KeyGenerator(he.context)) {
      EvaluationKeysCodec.generate(generator, he.secretKey, plan, WireFixture.MODEL, out);
    }
  }

  /** The most native memory that there was when something was written. */
  private static final class PeakOutputStream extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes = Math.max(bytes, NativeMemory.allocatedBytes());
    }

    @Override
    public void write(byte[] b, int offset, int length) {
      write(0);
    }
  }
}
