package io.silenda.bench.jmh;

import io.silenda.attest.AttestationException;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.binding.WorkerIdentity;
import io.silenda.attest.channel.AttestedEndpoint;
import io.silenda.attest.channel.AttestedSession;
import io.silenda.attest.channel.ClientHandshake;
import io.silenda.attest.channel.EndpointOptions;
import io.silenda.attest.policy.Allowed;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.simulated.SimulatedProvider;
import io.silenda.attest.simulated.SimulatedRoot;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A worker with SIMULATED evidence, and an owner who accepts exactly that. */
final class ChannelWorkload {
  /** Fewer than the default limits allow. */
  static final long REQUESTS = 50_000;

  private static final byte[] DIGEST = new byte[32];
  private static final String HEX = HexFormat.of().formatHex(DIGEST);

  private final SimulatedRoot root = SimulatedRoot.random();

  private OwnerPolicy insecureSimulatedOwner() {
    return OwnerPolicy.builder(
            Policy.accepting(Allowed.of("simulated"))
                .insecureAllowSimulated()
                .measurement("worker_digest", Allowed.of(HEX))
                .build())
        .workers(HEX)
        .models(HEX)
        .workerPolicies(HEX)
        .anchors(List.of(root.anchor()))
        .build();
  }

  AttestedEndpoint endpoint() {
    return new AttestedEndpoint(
        new SimulatedProvider(root, DIGEST, Clock.systemUTC()),
        new WorkerIdentity(DIGEST, DIGEST, DIGEST, Optional.empty()),
        EndpointOptions.DEFAULT,
        Clock.systemUTC());
  }

  ClientHandshake handshake() {
    return ClientHandshake.begin(insecureSimulatedOwner(), Clock.systemUTC());
  }

  AttestedSession session(AttestedEndpoint endpoint) throws AttestationException {
    ClientHandshake handshake = handshake();
    return handshake.complete(endpoint.introduce(handshake.challenge()));
  }
}
