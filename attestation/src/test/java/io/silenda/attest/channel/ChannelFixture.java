package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.binding.WorkerIdentity;
import io.silenda.attest.encoding.Digests;
import io.silenda.attest.policy.Allowed;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.provider.EvidenceProvider;
import io.silenda.attest.simulated.SimulatedProvider;
import io.silenda.attest.simulated.SimulatedRoot;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A worker with SIMULATED evidence, its owner's policy, and a clock that both look at. */
public final class ChannelFixture {
  public static final SimulatedRoot ROOT = SimulatedRoot.random();
  public static final WorkerIdentity IDENTITY =
      new WorkerIdentity(digest("worker"), digest("model"), digest("policy"), Optional.empty());

  public final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T12:00:00Z"));

  /** A clock that stands still until it is moved. */
  public static final class SettableClock extends Clock {
    private Instant now;

    SettableClock(Instant now) {
      this.now = now;
    }

    public void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  public static byte[] digest(String text) {
    return Digests.SHA_256.hash(bytes(text));
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  public EvidenceProvider simulated() {
    return new SimulatedProvider(ROOT, IDENTITY.workerDigest(), clock);
  }

  public static Policy.Builder appraisal() {
    return Policy.accepting(Allowed.of("simulated"))
        .insecureAllowSimulated()
        .measurement("worker_digest", Allowed.of(hex(IDENTITY.workerDigest())))
        .maxEvidenceAge(Duration.ofMinutes(5));
  }

  public static OwnerPolicy.Builder owner(Policy appraisal) {
    return OwnerPolicy.builder(appraisal)
        .workers(hex(IDENTITY.workerDigest()))
        .models(hex(IDENTITY.modelDigest()))
        .workerPolicies(hex(IDENTITY.policyDigest()))
        .anchors(List.of(ROOT.anchor()));
  }

  public static OwnerPolicy owner() {
    return owner(appraisal().build()).build();
  }

  public AttestedEndpoint endpoint() {
    return endpoint(EndpointOptions.DEFAULT);
  }

  public AttestedEndpoint endpoint(EndpointOptions options) {
    return new AttestedEndpoint(simulated(), IDENTITY, options, clock);
  }

  public ClientHandshake handshake() {
    return ClientHandshake.begin(owner(), clock);
  }

  public AttestedSession session(AttestedEndpoint endpoint) throws AttestationException {
    ClientHandshake handshake = handshake();
    return handshake.complete(endpoint.introduce(handshake.challenge()));
  }
}
