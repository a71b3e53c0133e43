package io.silenda.attest.channel;

import static io.silenda.attest.channel.ChannelFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.binding.BoundEvidence;
import io.silenda.attest.binding.KeyBinding;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.binding.Purpose;
import io.silenda.attest.hpke.HpkeKeyPair;
import io.silenda.attest.policy.Allowed;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.receipt.ReceiptSigner;
import io.silenda.attest.synthetic.RefusedBy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What a relay, an operator or a wrong worker may try while a session is being opened. Each attempt
 * ends in the refusal of {@link ClientHandshake#complete}: without a session nothing exists that
 * could seal, let alone send, a payload.
 */
class NegativeCasesTest {
  private final ChannelFixture fixture = new ChannelFixture();
  private final AttestedEndpoint endpoint = fixture.endpoint();
  private final ClientHandshake handshake = fixture.handshake();

  private void assertRefused(byte[] introduction, Reason reason) {
    assertRefused(handshake, introduction, reason);
  }

  private static void assertRefused(ClientHandshake client, byte[] introduction, Reason reason) {
    RefusedBy.assertRefused(reason, () -> client.complete(introduction));
  }

  private Introduction introduction() throws AttestationException {
    return Introduction.parse(endpoint.introduce(handshake.challenge()));
  }

  private static KeyBinding withNonce(KeyBinding binding, byte[] nonce) {
    return new KeyBinding(
        binding.purpose(), nonce, binding.identity(), binding.hpke(), binding.receiptKey());
  }

  @Test
  void aWrongNonceIsRefused() throws Exception {
    byte[] other = endpoint.introduce(new Challenge(ChannelFixture.digest("other")).encode());
    assertRefused(other, Reason.NONCE_MISMATCH);
  }

  @Test
  void aReplayedIntroductionIsRefused() throws Exception {
    ClientHandshake earlier = fixture.handshake();
    byte[] recorded = endpoint.introduce(earlier.challenge());
    earlier.complete(recorded).close();
    assertRefused(recorded, Reason.NONCE_MISMATCH);
  }

  @Test
  void evidenceOfAnotherSessionIsRefused() throws Exception {
    Introduction ours = introduction();
    Evidence theirs =
        Introduction.parse(endpoint.introduce(fixture.handshake().challenge())).bound().evidence();
    Introduction mixed =
        new Introduction(new BoundEvidence(ours.bound().binding(), theirs), ours.signedGrant());
    assertRefused(mixed.encode(), Reason.EVIDENCE_NOT_BOUND);
  }

  @Test
  void aGrantOfAnotherSessionIsRefused() throws Exception {
    Introduction ours = introduction();
    byte[] theirs =
        Introduction.parse(endpoint.introduce(fixture.handshake().challenge())).signedGrant();
    assertRefused(new Introduction(ours.bound(), theirs).encode(), Reason.KEY_NOT_BOUND);
  }

  @Test
  void aRelayThatSwapsTheHpkeKeyIsRefused() throws Exception {
    Introduction ours = introduction();
    KeyBinding binding = ours.bound().binding();
    KeyBinding swapped =
        new KeyBinding(
            Purpose.SESSION,
            binding.nonce(),
            binding.identity(),
            HpkeKeyPair.generate(0).configuration(),
            binding.receiptKey());
    assertRefused(
        new Introduction(new BoundEvidence(swapped, ours.bound().evidence()), ours.signedGrant())
            .encode(),
        Reason.KEY_NOT_BOUND);
  }

  /** It can sign with its own receipt key, but has no evidence over its keys. */
  @Test
  void aRelayThatSwapsEveryKeyIsRefused() throws Exception {
    Introduction ours = introduction();
    KeyBinding binding = ours.bound().binding();
    try (ReceiptSigner relay = new ReceiptSigner()) {
      KeyBinding swapped =
          new KeyBinding(
              Purpose.SESSION,
              binding.nonce(),
              binding.identity(),
              HpkeKeyPair.generate(0).configuration(),
              relay.publicKey().encode());
      SessionGrant grant =
          new SessionGrant(swapped.reportData(), ours.grant().id(), SessionLimits.DEFAULT);
      assertRefused(
          new Introduction(
                  new BoundEvidence(swapped, ours.bound().evidence()),
                  relay.signStatement(grant.encode()))
              .encode(),
          Reason.EVIDENCE_NOT_BOUND);
    }
  }

  @Test
  void staleEvidenceIsRefused() throws Exception {
    byte[] introduction = endpoint.introduce(handshake.challenge());
    fixture.clock.advance(Duration.ofMinutes(6));
    assertRefused(introduction, Reason.TOO_OLD);
  }

  @Test
  void aWrongMeasurementIsRefused() throws Exception {
    Policy other =
        ChannelFixture.appraisal()
            .measurement("worker_digest", Allowed.of("00".repeat(32)))
            .build();
    ClientHandshake client =
        ClientHandshake.begin(ChannelFixture.owner(other).build(), fixture.clock);
    assertRefused(client, endpoint.introduce(client.challenge()), Reason.MEASUREMENT_MISMATCH);
  }

  @Test
  void aWorkerModelOrPolicyThatIsNotListedIsRefused() throws Exception {
    String other = "00".repeat(32);
    Policy appraisal = ChannelFixture.appraisal().build();
    OwnerPolicy[] policies = {
      ChannelFixture.owner(appraisal).workers(other).build(),
      ChannelFixture.owner(appraisal).models(other).build(),
      ChannelFixture.owner(appraisal).workerPolicies(other).build()
    };
    Reason[] reasons = {
      Reason.WORKER_NOT_ACCEPTED, Reason.MODEL_NOT_ACCEPTED, Reason.WORKER_POLICY_NOT_ACCEPTED
    };
    for (int i = 0; i < policies.length; i++) {
      ClientHandshake client = ClientHandshake.begin(policies[i], fixture.clock);
      assertRefused(client, endpoint.introduce(client.challenge()), reasons[i]);
    }
  }

  @Test
  void anOwnerWhoListsNothingAcceptsNothing() throws Exception {
    OwnerPolicy silent = OwnerPolicy.builder(ChannelFixture.appraisal().build()).build();
    ClientHandshake client = ClientHandshake.begin(silent, fixture.clock);
    assertRefused(client, endpoint.introduce(client.challenge()), Reason.WORKER_NOT_ACCEPTED);
  }

  @Test
  void simulationIsRefusedByAPolicyThatDoesNotNameIt() throws Exception {
    Policy strict =
        Policy.accepting(Allowed.of("simulated"))
            .measurement("worker_digest", Allowed.anyValue())
            .build();
    ClientHandshake client =
        ClientHandshake.begin(ChannelFixture.owner(strict).build(), fixture.clock);
    assertRefused(client, endpoint.introduce(client.challenge()), Reason.SIMULATED);
  }

  @Test
  void debugEvidenceIsRefused() throws Exception {
    SnpChannel snp = new SnpChannel().debug();
    ClientHandshake client = ClientHandshake.begin(snp.owner(), snp.clock());
    assertRefused(client, snp.endpoint().introduce(client.challenge()), Reason.DEBUG);
  }

  @Test
  void aRevokedKeyIsRefused() throws Exception {
    SnpChannel snp = new SnpChannel().revoked();
    ClientHandshake client = ClientHandshake.begin(snp.owner(), snp.clock());
    assertRefused(client, snp.endpoint().introduce(client.challenge()), Reason.CERTIFICATE_REVOKED);
  }

  /** The two cases before this one are refused for what they say, not for their format. */
  @Test
  void hardwareEvidenceIsAccepted() throws Exception {
    SnpChannel snp = new SnpChannel();
    ClientHandshake client = ClientHandshake.begin(snp.owner(), snp.clock());
    try (AttestedSession session = client.complete(snp.endpoint().introduce(client.challenge()))) {
      assertThat(session.verdict().simulated()).isFalse();
    }
  }

  @Test
  void evidenceForAnotherPurposeIsRefused() throws Exception {
    Introduction ours = introduction();
    KeyBinding binding = ours.bound().binding();
    KeyBinding release =
        new KeyBinding(
            Purpose.KEY_RELEASE,
            binding.nonce(),
            binding.identity(),
            binding.hpke(),
            binding.receiptKey());
    Evidence evidence = fixture.simulated().provide(release.reportData());
    assertRefused(
        new Introduction(new BoundEvidence(binding, evidence), ours.signedGrant()).encode(),
        Reason.EVIDENCE_NOT_BOUND);
  }

  /** A nonce put over another one, the evidence untouched. */
  @Test
  void aRewrittenNonceIsRefused() throws Exception {
    Introduction theirs = Introduction.parse(endpoint.introduce(fixture.handshake().challenge()));
    byte[] ourNonce = Challenge.parse(handshake.challenge()).nonce();
    BoundEvidence rewritten =
        new BoundEvidence(withNonce(theirs.bound().binding(), ourNonce), theirs.bound().evidence());
    assertRefused(new Introduction(rewritten, theirs.signedGrant()).encode(), Reason.KEY_NOT_BOUND);
  }

  @Test
  void anAnswerInTheClearIsNoIntroduction() {
    assertRefused(bytes("{\"status\":\"ok\"}"), Reason.NOT_SEALED);
  }
}
