package io.silenda.he.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing that must be unique is ever used twice. */
class SeedsTest {
  private static final int SEED_BYTES = 64;
  private static WireFixture he;

  @BeforeAll
  static void open() {
    he = new WireFixture(Frames.TINY);
  }

  @AfterAll
  static void close() {
    he.close();
  }

  @Test
  void everyPolynomialOfTheKeysHasItsOwnSeed() {
    int residues = 1024 / 8;
    int publicKey = residues * (30 + 25 + 30);
    int digitAtLevelZero = residues * (30 + 30);
    ByteBuffer frame = ByteBuffer.wrap(he.keysFrame(1, Map.of(1, 1, 2, 0)));
    frame.position(WireHeader.BYTES + 3 * 8);
    Set<ByteBuffer> seeds = new HashSet<>();
    for (int bytes : new int[] {publicKey, publicKey, publicKey, publicKey, publicKey}) {
      seeds.add(nextSeed(frame, bytes));
    }
    seeds.add(nextSeed(frame, digitAtLevelZero));
    assertThat(frame.remaining()).isEqualTo(Digest.BYTES);
    assertThat(seeds).hasSize(6);
  }

  private static ByteBuffer nextSeed(ByteBuffer frame, int polynomialBytes) {
    ByteBuffer seed = frame.slice(frame.position(), SEED_BYTES);
    frame.position(frame.position() + SEED_BYTES + polynomialBytes);
    return seed;
  }

  @Test
  void everyRequestHasItsOwnSeedAndId() throws Exception {
    Set<ByteBuffer> seeds = new HashSet<>();
    Set<RequestId> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      byte[] frame = he.requestFrame(he.envelope(1), 0);
      seeds.add(ByteBuffer.wrap(frame, WireHeader.BYTES, SEED_BYTES));
      ids.add(WireHeader.peek(frame).requestId());
    }
    assertThat(seeds).hasSize(100);
    assertThat(ids).hasSize(100);
  }

  @Test
  void everySecretKeyHasItsOwnId() {
    try (WireFixture other = new WireFixture(Frames.TINY)) {
      assertThat(other.secretKey.keyId()).isNotEqualTo(he.secretKey.keyId());
      assertThat(he.secretKey.keyId().toString()).matches("[0-9a-f]{32}");
    }
  }
}
