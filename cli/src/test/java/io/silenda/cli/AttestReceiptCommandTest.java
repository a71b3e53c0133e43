package io.silenda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.silenda.attest.AttestationException;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.binding.WorkerIdentity;
import io.silenda.attest.channel.Answer;
import io.silenda.attest.channel.AttestedEndpoint;
import io.silenda.attest.channel.AttestedSession;
import io.silenda.attest.channel.ClientHandshake;
import io.silenda.attest.channel.EndpointOptions;
import io.silenda.attest.channel.OpenedRequest;
import io.silenda.attest.channel.SealedRequest;
import io.silenda.attest.policy.PolicyText;
import io.silenda.attest.simulated.SimulatedProvider;
import io.silenda.attest.simulated.SimulatedRoot;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A receipt of a SIMULATED worker, under a policy that names simulation. */
class AttestReceiptCommandTest {
  private static final byte[] DIGEST = new byte[32];
  private static final String HEX = "00".repeat(32);
  private static final String POLICY =
      "accept simulated; simulated allowed; worker_digest is " + HEX;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path bundle;
  private Path input;
  private Path output;

  @BeforeEach
  void ask() throws Exception {
    bundle = Files.write(folder.resolve("receipt"), receiptBundle());
    input = Files.writeString(folder.resolve("input"), "question");
    output = Files.writeString(folder.resolve("output"), "answer");
  }

  private static byte[] receiptBundle() throws AttestationException {
    Clock clock = Clock.systemUTC();
    OwnerPolicy owner =
        OwnerPolicy.builder(PolicyText.parse(POLICY))
            .workers(HEX)
            .models(HEX)
            .workerPolicies(HEX)
            .build();
    ClientHandshake handshake = ClientHandshake.begin(owner, clock);
    try (AttestedEndpoint endpoint =
            new AttestedEndpoint(
                new SimulatedProvider(SimulatedRoot.random(), DIGEST, clock),
                new WorkerIdentity(DIGEST, DIGEST, DIGEST, Optional.empty()),
                EndpointOptions.DEFAULT,
                clock);
        AttestedSession session = handshake.complete(endpoint.introduce(handshake.challenge()))) {
      SealedRequest request = session.seal("question".getBytes(StandardCharsets.UTF_8));
      try (OpenedRequest opened = endpoint.open(request.bytes())) {
        opened.readContent();
        Answer answer =
            request.exchange().open(opened.sealAnswer("answer".getBytes(StandardCharsets.UTF_8)));
        return session.bundle(answer.receipt()).encode();
      }
    }
  }

  private int run(String... more) {
    List<String> arguments = new ArrayList<>(List.of("attest", "receipt", bundle.toString()));
    arguments.addAll(List.of(more));
    CommandLine line = Silenda.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments.toArray(new String[0]));
  }

  private int check(String policy, Path in, Path answer) {
    return run(
        "--policy",
        policy,
        "--worker",
        HEX,
        "--model",
        HEX,
        "--worker-policy",
        HEX,
        "--input",
        in.toString(),
        "--output",
        answer.toString(),
        "--json");
  }

  @Test
  void aReceiptThatHoldsSaysThatItIsSimulated() throws Exception {
    assertThat(check(POLICY, input, output)).as(err.toString()).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("verdict").textValue()).isEqualTo("accept");
    assertThat(json.get("hardware").textValue()).isEqualTo("SIMULATED");
    assertThat(json.get("worker").textValue()).isEqualTo(HEX);
    assertThat(json.get("input_checked").booleanValue()).isTrue();
    assertThat(json.get("nonce_checked").booleanValue()).isFalse();
  }

  @Test
  void textIsForPeople() {
    assertThat(run("--policy", POLICY, "--insecure-any-digest")).isZero();
    assertThat(out.toString()).contains("verdict: accept", "hardware: SIMULATED");
  }

  @Test
  void whatDoesNotHoldIsRefusedInOneLine() throws Exception {
    assertThat(check(POLICY, output, output)).isEqualTo(1);
    assertThat(new ObjectMapper().readTree(out.toString()).get("reason").textValue())
        .isEqualTo("receipt-mismatch");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void simulationHasToBeNamed() throws Exception {
    assertThat(check("accept tdx; mrtd is aa", input, output)).isEqualTo(1);
    assertThat(new ObjectMapper().readTree(out.toString()).get("reason").textValue())
        .isEqualTo("simulated");
  }

  @Test
  void digestsHaveToBeNamed() {
    assertThat(run("--policy", POLICY)).isEqualTo(1);
    assertThat(err.toString()).contains("owner-worker");
  }

  @Test
  void aFlippedBitIsRefused() throws Exception {
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[bytes.length / 2] ^= 1;
    Files.write(bundle, bytes);
    assertThat(check(POLICY, input, output)).isEqualTo(1);
  }

  @Test
  void wrongUsageExitsWithTwo() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("--policy", POLICY, "--worker", "no hex")).isEqualTo(2);
    assertThat(run("--policy", POLICY, "--insecure-any-digest", "--nonce", "no hex")).isEqualTo(2);
  }
}
