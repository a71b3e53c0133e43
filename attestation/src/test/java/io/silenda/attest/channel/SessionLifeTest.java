package io.silenda.attest.channel;

import static io.silenda.attest.channel.ChannelFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.provider.EvidenceProvider;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.synthetic.RefusedBy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long keys, sessions and tickets live. */
class SessionLifeTest {
  private final ChannelFixture fixture = new ChannelFixture();
  private int quotes;

  private AttestedEndpoint counting(EndpointOptions options) {
    EvidenceProvider simulated = fixture.simulated();
    EvidenceProvider counting =
        new EvidenceProvider() {
          @Override
          public String name() {
            return simulated.name();
          }

          @Override
          public Probe probe() {
            return simulated.probe();
          }

          @Override
          public Evidence provide(byte[] reportData) throws AttestationException {
            quotes++;
            return simulated.provide(reportData);
          }
        };
    return new AttestedEndpoint(counting, ChannelFixture.IDENTITY, options, fixture.clock);
  }

  private static EndpointOptions options(
      int sessions, Duration keyLifetime, Duration keyGrace, long maxContentBytes) {
    return new EndpointOptions(
        SessionLimits.DEFAULT, sessions, keyLifetime, keyGrace, maxContentBytes);
  }

  private static void exchange(AttestedEndpoint endpoint, AttestedSession session)
      throws Exception {
    SealedRequest request = session.seal(bytes("ping"));
    try (OpenedRequest opened = endpoint.open(request.bytes())) {
      assertThat(opened.readContent()).isEqualTo(bytes("ping"));
      assertThat(request.exchange().open(opened.sealAnswer(bytes("pong"))).content())
          .isEqualTo(bytes("pong"));
    }
  }

  @Test
  void aSuspendedSessionGoesOnWithoutNewEvidence() throws Exception {
    try (AttestedEndpoint endpoint = counting(EndpointOptions.DEFAULT)) {
      AttestedSession session = fixture.session(endpoint);
      exchange(endpoint, session);
      byte[] kept = session.suspend().encode();
      assertThatIllegalStateException().isThrownBy(() -> session.seal(new byte[0]));
      AttestedSession resumed =
          AttestedSession.resume(
              ResumptionTicket.parse(kept), ChannelFixture.owner(), fixture.clock);
      exchange(endpoint, resumed);
      assertThat(resumed.id()).isEqualTo(session.id());
      assertThat(quotes).isEqualTo(1);
      // A second use of the same ticket counts from where the first one did.
      AttestedSession twice =
          AttestedSession.resume(
              ResumptionTicket.parse(kept), ChannelFixture.owner(), fixture.clock);
      byte[] again = twice.seal(bytes("ping")).bytes();
      RefusedBy.assertRefused(Reason.REPLAYED, () -> endpoint.open(again));
    }
  }

  @Test
  void aTicketServesOnceAndWithinTheBounds() throws Exception {
    try (AttestedEndpoint endpoint = counting(EndpointOptions.DEFAULT)) {
      SessionLimits limits = new SessionLimits(Duration.ofMinutes(4), 2);
      ClientHandshake handshake =
          ClientHandshake.begin(ChannelFixture.owner(), limits, fixture.clock);
      AttestedSession session = handshake.complete(endpoint.introduce(handshake.challenge()));
      ResumptionTicket ticket = session.suspend();
      byte[] kept = ticket.encode();
      AttestedSession resumed =
          AttestedSession.resume(ticket, ChannelFixture.owner(), fixture.clock);
      assertThatIllegalStateException()
          .isThrownBy(() -> AttestedSession.resume(ticket, ChannelFixture.owner(), fixture.clock));
      exchange(endpoint, resumed);
      exchange(endpoint, resumed);
      byte[] used = resumed.suspend().encode();
      RefusedBy.assertRefused(Reason.SESSION_EXPIRED, () -> resume(used, ChannelFixture.owner()));
      fixture.clock.advance(Duration.ofMinutes(4));
      RefusedBy.assertRefused(Reason.SESSION_EXPIRED, () -> resume(kept, ChannelFixture.owner()));
    }
  }

  private AttestedSession resume(byte[] ticket, OwnerPolicy policy) throws Exception {
    return AttestedSession.resume(ResumptionTicket.parse(ticket), policy, fixture.clock);
  }

  @Test
  void resumptionHoldsTheEvidenceAgainstThePolicyAgain() throws Exception {
    try (AttestedEndpoint endpoint = counting(EndpointOptions.DEFAULT)) {
      byte[] ticket = fixture.session(endpoint).suspend().encode();
      OwnerPolicy stricter =
          ChannelFixture.owner(ChannelFixture.appraisal().build()).models("00".repeat(32)).build();
      RefusedBy.assertRefused(Reason.MODEL_NOT_ACCEPTED, () -> resume(ticket, stricter));
      fixture.clock.advance(Duration.ofMinutes(6));
      RefusedBy.assertRefused(Reason.TOO_OLD, () -> resume(ticket, ChannelFixture.owner()));
    }
  }

  @Test
  void rotatedKeysServeTheirGraceAndNoLonger() throws Exception {
    EndpointOptions options = options(10, Duration.ofMinutes(10), Duration.ofMinutes(5), 1 << 20);
    try (AttestedEndpoint endpoint = counting(options)) {
      AttestedSession old = fixture.session(endpoint);
      exchange(endpoint, old);
      endpoint.rotateKeys();
      AttestedSession young = fixture.session(endpoint);
      exchange(endpoint, old);
      exchange(endpoint, young);
      fixture.clock.advance(Duration.ofMinutes(5));
      exchange(endpoint, young);
      byte[] late = old.seal(bytes("late")).bytes();
      RefusedBy.assertRefused(Reason.UNKNOWN_SESSION, () -> endpoint.open(late));
    }
  }

  @Test
  void keysRotateByThemselves() throws Exception {
    EndpointOptions options = options(10, Duration.ofMinutes(1), Duration.ofMinutes(5), 1 << 20);
    try (AttestedEndpoint endpoint = counting(options)) {
      int first = keyId(endpoint);
      assertThat(keyId(endpoint)).isEqualTo(first);
      fixture.clock.advance(Duration.ofMinutes(1));
      assertThat(keyId(endpoint)).isEqualTo(first + 1);
    }
  }

  private int keyId(AttestedEndpoint endpoint) throws Exception {
    byte[] introduction = endpoint.introduce(fixture.handshake().challenge());
    return Introduction.parse(introduction).bound().binding().hpke().keyId();
  }

  @Test
  void theOldestSessionsAreForgottenFirst() throws Exception {
    EndpointOptions options = options(2, Duration.ofHours(1), Duration.ofHours(1), 1 << 20);
    try (AttestedEndpoint endpoint = counting(options)) {
      AttestedSession first = fixture.session(endpoint);
      AttestedSession second = fixture.session(endpoint);
      AttestedSession third = fixture.session(endpoint);
      assertThat(endpoint.sessionCount()).isEqualTo(2);
      exchange(endpoint, second);
      exchange(endpoint, third);
      byte[] forgotten = first.seal(bytes("x")).bytes();
      RefusedBy.assertRefused(Reason.UNKNOWN_SESSION, () -> endpoint.open(forgotten));
    }
  }

  @Test
  void requestsBeyondTheWorkersLimitAreRefused() throws Exception {
    EndpointOptions options = options(2, Duration.ofHours(1), Duration.ofHours(1), 1000);
    try (AttestedEndpoint endpoint = counting(options);
        AttestedSession session = fixture.session(endpoint)) {
      byte[] large = session.seal(new byte[1001]).bytes();
      RefusedBy.assertRefused(Reason.TOO_LARGE, () -> endpoint.open(large).readContent());
    }
  }

  @Test
  void aHandshakeTakesOneAnswer() throws Exception {
    try (AttestedEndpoint endpoint = counting(EndpointOptions.DEFAULT)) {
      ClientHandshake handshake = fixture.handshake();
      byte[] introduction = endpoint.introduce(handshake.challenge());
      handshake.complete(introduction).close();
      assertThatIllegalStateException().isThrownBy(() -> handshake.complete(introduction));
    }
  }
}
