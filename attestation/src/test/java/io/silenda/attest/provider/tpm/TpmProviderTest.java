package io.silenda.attest.provider.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.provider.ReportData;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a TPM may do wrong. */
class TpmProviderTest {
  private static final TpmOptions IMPATIENT =
      new TpmOptions(
          new TreeSet<>(List.of(0)),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Duration.ofMillis(100));

  @TempDir Path folder;

  private static final class Scripted implements TpmTransport {
    private final Deque<byte[]> responses = new ArrayDeque<>();
    private final AtomicInteger closed = new AtomicInteger();

    Scripted then(byte[] response) {
      responses.add(response);
      return this;
    }

    @Override
    public byte[] transmit(byte[] command) throws IOException {
      if (responses.isEmpty()) {
        throw new IOException("no more");
      }
      return responses.remove();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private static byte[] response(int tag, int code, byte[] body) {
    return new TpmBytes().u16(tag).u32(10 + body.length).u32(code).bytes(body).toByteArray();
  }

  private static AttestationException refusal(Scripted transport) {
    AttestationException refusal =
        catchThrowableOfType(
            AttestationException.class,
            () -> TpmProvider.of(() -> transport, IMPATIENT).provide(new byte[ReportData.BYTES]));
    assertThat(transport.closed).hasValue(1);
    return refusal;
  }

  @Test
  void responseCodesAreTold() {
    assertThat(refusal(new Scripted().then(response(0x8001, 0x100, new byte[0]))))
        .hasMessageContaining("TPM2_CreatePrimary: response code 0x100");
    AttestationException retry = refusal(new Scripted().then(response(0x8001, 0x922, new byte[0])));
    assertThat(retry.reason()).isEqualTo(Reason.PROVIDER_BUSY);
  }

  @Test
  void malformedResponsesAreRefused() {
    assertThat(refusal(new Scripted()).reason()).isEqualTo(Reason.PROVIDER_FAILED);
    assertThat(refusal(new Scripted().then(new byte[0])).reason()).isEqualTo(Reason.TRUNCATED);
    assertThat(refusal(new Scripted().then(response(0x8002, 0, new byte[0]))).reason())
        .isEqualTo(Reason.TRUNCATED);
    byte[] longer = response(0x8002, 0, new byte[4]);
    longer[5]++;
    assertThat(refusal(new Scripted().then(longer)).reason()).isEqualTo(Reason.PROVIDER_FAILED);
    byte[] echo = response(0x1234, 0, new byte[4]);
    assertThat(refusal(new Scripted().then(echo)).reason()).isEqualTo(Reason.PROVIDER_FAILED);
  }

  @Test
  void aKeyThatSignsAnythingIsNone() {
    byte[] unrestricted = TpmPublicArea.template();
    unrestricted[5] ^= 1;
    byte[] parameters = new TpmBytes().sized(unrestricted).toByteArray();
    byte[] body =
        new TpmBytes().u32(0x80000000).u32(parameters.length).bytes(parameters).toByteArray();
    Scripted transport =
        new Scripted().then(response(0x8002, 0, body)).then(response(0x8001, 0, new byte[0]));
    assertThat(refusal(transport)).hasMessageContaining("a restricted signing key");
    assertThat(transport.responses).as("the key was flushed").isEmpty();
  }

  @Test
  void aTpmThatDoesNotAnswerIsNotWaitedForLong() throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("silent"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      assertThat(((Probe.Absent) TpmProvider.ofSocket(address, IMPATIENT).probe()).reason())
          .contains("no response within 100 ms");
    }
    assertThat(((Probe.Absent) TpmProvider.ofSocket(address, IMPATIENT).probe()).reason())
        .contains("cannot be opened");
  }

  @Test
  void aResponseThatAnnouncesTooMuchIsRefused() throws IOException, InterruptedException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("huge"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      Thread tpm = new Thread(() -> announce(server));
      tpm.start();
      TpmOptions patient =
          new TpmOptions(
              IMPATIENT.pcrs(), OptionalInt.empty(), OptionalInt.empty(), Duration.ofSeconds(20));
      assertThat(((Probe.Absent) TpmProvider.ofSocket(address, patient).probe()).reason())
          .contains("a response of 2147483647 bytes");
      tpm.join();
    }
  }

  private static void announce(ServerSocketChannel server) {
    try (SocketChannel client = server.accept()) {
      client.read(ByteBuffer.allocate(TpmTransport.MAX_RESPONSE_BYTES));
      ByteBuffer header = ByteBuffer.allocate(10).putShort((short) 0x8001).putInt(0x7fffffff);
      client.write(header.putInt(0).flip());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void devicesAreReadWithinTheirLimits() throws IOException {
    Path none = folder.resolve("none");
    assertThat(((Probe.Absent) TpmProvider.ofDevice(none, IMPATIENT).probe()).reason())
        .contains("no device");
    // A plain file takes the command and has nothing to answer.
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(((Probe.Absent) TpmProvider.ofDevice(file, IMPATIENT).probe()).reason())
        .contains("bytes left");
  }

  @Test
  void optionsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TpmOptions(
                    new TreeSet<>(List.of(24)),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Duration.ofSeconds(1)))
        .withMessageContaining("pcrs: [24]");
    assertThatThrownBy(
            () ->
                new TpmOptions(
                    new TreeSet<>(List.of(1)),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Duration.ZERO))
        .hasMessageContaining("timeout");
  }
}
