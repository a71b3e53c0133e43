package io.silenda.infer.enclave.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Tee;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagePipeTest {
  private static MessagePipe reading(byte[] bytes) {
    return new MessagePipe(new ByteArrayInputStream(bytes), OutputStream.nullOutputStream());
  }

  private static byte[] written(Message.Kind kind, byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new MessagePipe(InputStream.nullInputStream(), out).write(kind, body);
    return out.toByteArray();
  }

  @Test
  void messagesAreReadAsTheyWereWritten() throws IOException {
    for (int size : new int[] {0, 1, 70_000, (1 << 20) + 1}) {
      byte[] body = new byte[size];
      Arrays.fill(body, (byte) size);
      Message message = reading(written(Message.Kind.SEALED, body)).read();
      assertThat(message.kind()).isEqualTo(Message.Kind.SEALED);
      assertThat(message.body()).isEqualTo(body);
    }
  }

  @Test
  void announcedLengthsTakeNoMemoryAndUnknownKindsAreRefused() {
    byte[] huge = {5, 0x0f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1, 2, 3};
    assertThatThrownBy(() -> reading(huge).read()).isInstanceOf(EOFException.class);
    for (byte[] bad :
        new byte[][] {
          {5, 0x7f, 0, 0, 0}, {5, (byte) 0x80, 0, 0, 0}, {99, 0, 0, 0, 0}, {(byte) 255, 0, 0, 0, 0}
        }) {
      assertThatThrownBy(() -> reading(bad).read())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a message of kind");
    }
    assertThatThrownBy(() -> reading(new byte[0]).read()).isInstanceOf(EOFException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> written(Message.Kind.SEALED, new byte[MessagePipe.MAX_BODY_BYTES + 1]));
  }

  @Test
  void reasonsAreShortAndPrintable() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new MessagePipe(InputStream.nullInputStream(), out).refuse("a\nb\u00e9" + "x".repeat(1000));
    Message message = reading(out.toByteArray()).read();
    assertThat(message.kind()).isEqualTo(Message.Kind.REFUSED);
    assertThat(MessagePipe.reason(message)).startsWith("a?b?xxx").hasSize(300);
  }

  @Test
  void evidenceIsReadAsItWasWrittenAndNothingElseIs() throws IOException {
    Evidence evidence =
        new Evidence(
            "tdx-quote-v4",
            new byte[] {1, 2, 3},
            List.of(new EndorsementFile("pck.pem", new byte[] {4})));
    byte[] bytes = new EvidenceContent(Tee.TDX, evidence).encode();
    EvidenceContent read = EvidenceContent.decode(bytes);
    assertThat(read.tee()).isEqualTo(Tee.TDX);
    assertThat(read.evidence().format()).isEqualTo("tdx-quote-v4");
    assertThat(read.evidence().bytes()).containsExactly(1, 2, 3);
    assertThat(read.evidence().endorsements().get(0).bytes()).containsExactly(4);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> EvidenceContent.decode(cut)).isInstanceOf(IOException.class);
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> EvidenceContent.decode(longer)).isInstanceOf(IOException.class);
  }
}
