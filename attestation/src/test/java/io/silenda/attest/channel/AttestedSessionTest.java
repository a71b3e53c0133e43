package io.silenda.attest.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.encoding.Digests;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a session does when nobody interferes. */
class AttestedSessionTest {
  private final ChannelFixture fixture = new ChannelFixture();

  @Test
  void contentGoesThereAndBackWithReceipt() throws Exception {
    try (AttestedEndpoint endpoint = fixture.endpoint();
        AttestedSession session = fixture.session(endpoint)) {
      assertThat(session.verdict().accepted()).isTrue();
      assertThat(session.verdict().simulated()).isTrue();
      for (int round = 1; round <= 3; round++) {
        byte[] question = ChannelFixture.bytes("question " + round);
        SealedRequest request = session.seal(question);
        assertThat(new String(request.bytes(), java.nio.charset.StandardCharsets.ISO_8859_1))
            .doesNotContain("question");
        byte[] answer;
        try (OpenedRequest opened = endpoint.open(request.bytes())) {
          assertThat(opened.sequence()).isEqualTo(round);
          assertThat(opened.readContent()).isEqualTo(question);
          answer = opened.sealAnswer(ChannelFixture.bytes("answer " + round));
        }
        Answer got = request.exchange().open(answer);
        assertThat(got.content()).isEqualTo(ChannelFixture.bytes("answer " + round));
        assertThat(got.receipt().receipt().simulated()).isTrue();
        assertThat(got.receipt().receipt().inputHash()).isEqualTo(Digests.SHA_256.hash(question));
        assertThat(got.receipt().receipt().sequence()).isEqualTo(round);
      }
    }
  }

  @Test
  void contentOfEverySizeComesThrough() throws Exception {
    int frame = Frames.CONTENT_BYTES;
    int[] sizes = {
      0, 1, 1023, 1024, 1025, frame - 1, frame, frame + 1, 2 * frame, 2 * frame + 1, 1_000_003
    };
    try (AttestedEndpoint endpoint = fixture.endpoint();
        AttestedSession session = fixture.session(endpoint)) {
      for (int size : sizes) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        SealedRequest request = session.seal(content);
        assertThat(request.bytes())
            .hasSize((int) (RequestHeader.BYTES + Frames.sealedBytes(size, 0)));
        try (OpenedRequest opened = endpoint.open(request.bytes())) {
          assertThat(opened.readContent()).as("%d bytes", size).isEqualTo(content);
          assertThat(request.exchange().open(opened.sealAnswer(content)).content())
              .isEqualTo(content);
        }
      }
    }
  }

  @Test
  void contentStreams() throws Exception {
    byte[] content = new byte[300_000];
    new Random(5).nextBytes(content);
    try (AttestedEndpoint endpoint = fixture.endpoint();
        AttestedSession session = fixture.session(endpoint)) {
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      RequestStream stream = session.begin(sent);
      for (int at = 0; at < content.length; at += 1000) {
        stream.write(content, at, 1000);
      }
      Exchange exchange = stream.finish();
      ByteArrayOutputStream back = new ByteArrayOutputStream();
      try (OpenedRequest opened = endpoint.open(new ByteArrayInputStream(sent.toByteArray()))) {
        AnswerStream answer = opened.answer(back);
        opened.content().transferTo(answer);
        answer.finish();
      }
      AnswerInput input =
          exchange.open(new ByteArrayInputStream(back.toByteArray()), content.length);
      assertThat(input.readAllBytes()).isEqualTo(content);
      assertThat(input.receipt().receipt().outputHash()).isEqualTo(Digests.SHA_256.hash(content));
    }
  }
}
