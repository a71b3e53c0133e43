package io.silenda.attest.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.binding.BoundEvidence;
import io.silenda.attest.binding.KeyBinding;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.binding.Purpose;
import io.silenda.attest.channel.ChannelFixture;
import io.silenda.attest.policy.Allowed;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.receipt.ReceiptSigner;
import io.silenda.attest.synthetic.Mutants;
import io.silenda.attest.synthetic.RefusedBy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets a key, and who does not. */
class KeyReleaseTest {
  private static final String NAME = "models/digits";
  private static final byte[] KEY = ChannelFixture.digest("the key of the model");
  private static final byte[] RECEIPT_KEY = new ReceiptSigner().publicKey().encode();

  @TempDir Path folder;
  private final ChannelFixture fixture = new ChannelFixture();
  private ReleaseLog log;
  private KeyBroker broker;

  @BeforeEach
  void open() throws Exception {
    log = ReleaseLog.open(folder.resolve("releases"));
    broker = new KeyBroker(log, fixture.clock);
    broker.hold(NAME, KEY, ChannelFixture.owner());
  }

  @AfterEach
  void close() throws IOException {
    broker.close();
    log.close();
  }

  private KeyRequest request(String name) {
    return new KeyRequest(fixture.simulated(), ChannelFixture.IDENTITY, RECEIPT_KEY, name);
  }

  private byte[] attestation(KeyRequest request) throws AttestationException {
    return request.attest(broker.challenge(request.request()));
  }

  @Test
  void anAppraisedWorkerGetsTheKeyAndTheLogKnows() throws Exception {
    try (KeyRequest request = request(NAME)) {
      byte[] response = broker.release(attestation(request));
      assertThat(request.open(response)).isEqualTo(KEY);
    }
    log.close();
    assertThat(ReleaseLog.read(folder.resolve("releases")))
        .singleElement()
        .satisfies(
            release -> {
              assertThat(release.keyName()).isEqualTo(NAME);
              assertThat(release.simulated()).isTrue();
              assertThat(release.workerDigest()).isEqualTo(ChannelFixture.IDENTITY.workerDigest());
            });
  }

  @Test
  void aResponseOpensForItsRequestOnly() throws Exception {
    try (KeyRequest request = request(NAME);
        KeyRequest other = request(NAME)) {
      byte[] response = broker.release(attestation(request));
      attestation(other);
      RefusedBy.assertRefused(Reason.SEAL_BROKEN, () -> other.open(response));
      for (int i = 0; i < response.length; i++) {
        byte[] flipped = response.clone();
        flipped[i] ^= (byte) (1 << i % 8);
        RefusedBy.refusal(() -> request.open(flipped));
      }
    }
  }

  @Test
  void aChallengeServesOnce() throws Exception {
    try (KeyRequest request = request(NAME)) {
      byte[] attestation = attestation(request);
      broker.release(attestation);
      RefusedBy.assertRefused(Reason.UNKNOWN_CHALLENGE, () -> broker.release(attestation));
      assertThat(log.size()).isEqualTo(1);
    }
  }

  @Test
  void aChallengeExpires() throws Exception {
    try (KeyRequest request = request(NAME)) {
      byte[] attestation = attestation(request);
      fixture.clock.advance(Duration.ofMinutes(5));
      RefusedBy.assertRefused(Reason.UNKNOWN_CHALLENGE, () -> broker.release(attestation));
    }
  }

  @Test
  void keysThatAreNotHeldAreNotReleased() throws Exception {
    try (KeyRequest unknown = request("models/other");
        KeyRequest known = request(NAME)) {
      byte[] attestation = attestation(unknown);
      RefusedBy.assertRefused(Reason.UNKNOWN_CHALLENGE, () -> broker.release(attestation));
      byte[] late = attestation(known);
      broker.drop(NAME);
      RefusedBy.assertRefused(Reason.UNKNOWN_CHALLENGE, () -> broker.release(late));
    }
    assertThat(log.size()).isZero();
  }

  @Test
  void aWorkerThatTheOwnerDoesNotWantGetsNothing() throws Exception {
    Policy strict =
        ChannelFixture.appraisal()
            .measurement("worker_digest", Allowed.of("00".repeat(32)))
            .build();
    OwnerPolicy otherWorker =
        ChannelFixture.owner(ChannelFixture.appraisal().build()).workers("00".repeat(32)).build();
    broker.hold("a", KEY, ChannelFixture.owner(strict).build());
    broker.hold("b", KEY, otherWorker);
    try (KeyRequest a = request("a");
        KeyRequest b = request("b")) {
      byte[] first = attestation(a);
      byte[] second = attestation(b);
      RefusedBy.assertRefused(Reason.MEASUREMENT_MISMATCH, () -> broker.release(first));
      RefusedBy.assertRefused(Reason.WORKER_NOT_ACCEPTED, () -> broker.release(second));
    }
    assertThat(log.size()).isZero();
  }

  /** Evidence of a channel's session carries the same keys for another purpose. */
  @Test
  void evidenceOfASessionReleasesNothing() throws Exception {
    try (KeyRequest request = request(NAME)) {
      ReleaseMessage message =
          ReleaseMessage.parse(ReleaseMessage.Kind.ATTESTATION, attestation(request));
      BoundEvidence bound = BoundEvidence.parse(Purpose.KEY_RELEASE, message.part(0));
      byte[] session =
          new KeyBinding(
                  Purpose.SESSION,
                  bound.binding().nonce(),
                  bound.binding().identity(),
                  bound.binding().hpke(),
                  bound.binding().receiptKey())
              .reportData();
      BoundEvidence moved =
          new BoundEvidence(bound.binding(), fixture.simulated().provide(session));
      byte[] attestation =
          ReleaseMessage.encode(ReleaseMessage.Kind.ATTESTATION, NAME, moved.encode());
      RefusedBy.assertRefused(Reason.EVIDENCE_NOT_BOUND, () -> broker.release(attestation));
    }
  }

  /** Ten thousand attestations, each valid before one to four changes: nothing is released. */
  @Test
  void noMutantIsReleased() throws Exception {
    long seed = 8_000_000;
    int mutants = 0;
    try (KeyRequest request = request(NAME)) {
      for (int i = 0; mutants < 10_000; i++) {
        byte[] attestation = attestation(request);
        byte[] mutant = Mutants.of(attestation, new SplittableRandom(seed + i));
        if (Arrays.equals(mutant, attestation)) {
          continue;
        }
        mutants++;
        assertThat(RefusedBy.refusal(() -> broker.release(mutant)))
            .as("seed %d", seed + i)
            .isNotEqualTo(Reason.INTERNAL);
      }
    }
    assertThat(log.size()).isZero();
  }
}
