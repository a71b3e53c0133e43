package io.silenda.dp.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The native kernel beside the Java code that does the same. */
class NoiseKernelTest {
  private static final long SEED = 271828;

  private final Random random = new Random(SEED);

  @BeforeEach
  void thereIsAKernel() {
    assumeTrue(NoiseKernel.inUse(), "no native noise kernel on this processor");
  }

  @Test
  void bothKeyStreamsAreTheJdksCounterMode() throws Exception {
    for (int round = 0; round < 50; round++) {
      byte[] key = key();
      long first = random.nextInt(5000);
      long[] expected = jdkWords(key, (int) first + 3000, (int) first);
      try (NativeKeyStream kernel = new NativeKeyStream(key);
          JavaKeyStream java = new JavaKeyStream(key)) {
        long[] words = new long[3000];
        kernel.read(first, words);
        assertThat(words).as("native from %d, seed %d", first, SEED).isEqualTo(expected);
        java.read(first, words);
        assertThat(words).as("Java from %d, seed %d", first, SEED).isEqualTo(expected);
      }
    }
  }

  @Test
  void theStreamGoesOnFarBeyondThirtyTwoBitsOfCounter() {
    byte[] key = key();
    try (NativeKeyStream kernel = new NativeKeyStream(key);
        JavaKeyStream java = new JavaKeyStream(key)) {
      long[] words = new long[40];
      long[] expected = new long[40];
      long first = (1L << 41) - 17;
      kernel.read(first, words);
      java.read(first, expected);
      assertThat(words).isEqualTo(expected);
    }
  }

  @Test
  void noiseIsTheSameWithAndWithoutTheKernel() {
    double[] scales = {1.0 / 64, 0.3, 1, 7.7, 1000.5, 123_456, GridNoise.LARGEST_SCALE};
    for (double scale : scales) {
      byte[] key = key();
      try (NoiseSource kernel = new NoiseSource(new NativeKeyStream(key), false);
          NoiseSource java = new NoiseSource(new JavaKeyStream(key), false)) {
        for (int count : new int[] {1, 2, 3, 5, 4095, 4097, 100_003}) {
          assertThat(samples(kernel, scale, count))
              .as("scale %s, %d samples, seed %d", scale, count, SEED)
              .isEqualTo(samples(java, scale, count));
          assertThat(kernel.nextLong()).isEqualTo(java.nextLong());
        }
      }
    }
  }

  @Test
  void oneAtATimeIsTheSameDistributionAsManyAtOnce() {
    byte[] key = key();
    try (NoiseSource many = new NoiseSource(new NativeKeyStream(key), false);
        NoiseSource single = new NoiseSource(new JavaKeyStream(key), false)) {
      int[] samples = samples(many, 3000, 4096);
      GridNoise noise = new GridNoise(single, 3000);
      for (int sample : samples) {
        assertThat((long) sample).as("seed %d", SEED).isEqualTo(noise.gaussian());
      }
    }
  }

  @Test
  void closedStreamsGiveNothing() {
    NoiseSource source = NoiseSource.secure();
    source.close();
    source.close();
    assertThatIllegalStateException().isThrownBy(() -> samples(source, 1, 1));
    assertThatIllegalStateException().isThrownBy(source::nextLong);
  }

  private static int[] samples(NoiseSource source, double scale, int count) {
    int[] out = new int[count];
    new GridNoise(source, scale).gaussians(out, count);
    return out;
  }

  private byte[] key() {
    byte[] key = new byte[32];
    random.nextBytes(key);
    return key;
  }

  private static long[] jdkWords(byte[] key, int words, int from) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
    ByteBuffer bytes = ByteBuffer.wrap(cipher.doFinal(new byte[words * Long.BYTES]));
    long[] all = new long[words - from];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().position(from).get(all);
    return all;
  }
}
