package io.silenda.attest.channel;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.AttestationException;
import io.silenda.attest.cose.Ed25519Key;
import io.silenda.attest.hpke.HpkeConfiguration;
import io.silenda.attest.receipt.ReceiptBundle;
import io.silenda.attest.synthetic.ParserFuzz;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every parser of the channel with any bytes. */
class ChannelFuzzTest {
  private static final byte[] SECRET = new byte[32];

  private final ChannelFixture fixture = new ChannelFixture();
  private final AttestedEndpoint endpoint = fixture.endpoint();

  @Test
  void challenges() {
    new ParserFuzz(Challenge::parse, fixture.handshake().challenge()).run(1_000);
  }

  @Test
  void introductions() throws Exception {
    byte[] introduction = endpoint.introduce(fixture.handshake().challenge());
    new ParserFuzz(bytes -> Introduction.parse(bytes).grant(), introduction).run(20_000);
  }

  @Test
  void requestHeaders() throws Exception {
    byte[] request = fixture.session(endpoint).seal(new byte[0]).bytes();
    new ParserFuzz(RequestHeader::parse, Arrays.copyOf(request, RequestHeader.BYTES)).run(40_000);
  }

  @Test
  void answerHeaders() {
    byte[] header =
        new AnswerHeader(SessionId.of(new byte[SessionId.BYTES]), 1, new byte[32]).encode();
    new ParserFuzz(AnswerHeader::parse, header).run(60_000);
  }

  @Test
  void tickets() throws Exception {
    byte[] ticket = fixture.session(endpoint).suspend().encode();
    new ParserFuzz(ResumptionTicket::parse, ticket).run(80_000);
  }

  @Test
  void configurations() throws Exception {
    byte[] introduction = endpoint.introduce(fixture.handshake().challenge());
    HpkeConfiguration ours = Introduction.parse(introduction).bound().binding().hpke();
    new ParserFuzz(HpkeConfiguration::parse, ours.encode()).run(100_000);
  }

  @Test
  void receiptKeys() {
    new ParserFuzz(Ed25519Key::parse, endpoint.receiptKey()).run(120_000);
  }

  @Test
  void receiptBundles() throws Exception {
    AttestedSession session = fixture.session(endpoint);
    SealedRequest request = session.seal(new byte[10]);
    OpenedRequest opened = endpoint.open(request.bytes());
    opened.readContent();
    Answer answer = request.exchange().open(opened.sealAnswer(new byte[10]));
    new ParserFuzz(ReceiptBundle::parse, session.bundle(answer.receipt()).encode()).run(140_000);
  }

  @Test
  void bodies() throws Exception {
    AttestedSession session = fixture.session(endpoint);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    FrameWriter writer = new FrameWriter(BodyKeys.derive(SECRET, SECRET), body);
    writer.write(new byte[3000], 0, 3000);
    writer.finish(new byte[10]);
    session.close();
    new ParserFuzz(ChannelFuzzTest::readBody, body.toByteArray()).run(160_000);
  }

  private static void readBody(byte[] bytes) throws AttestationException {
    try (FrameReader reader =
        new FrameReader(
            BodyKeys.derive(SECRET, SECRET), new ByteArrayInputStream(bytes), 1 << 16)) {
      while (reader.next()) {
        reader.count();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Searches with the environment variable {@code JAZZER_FUZZ}; runs on an empty input without. */
  @FuzzTest
  void anyBytesAreReadOrRefused(byte[] bytes) {
    new ParserFuzz(b -> Introduction.parse(b).grant(), bytes).check(bytes, "introduction");
    new ParserFuzz(ResumptionTicket::parse, bytes).check(bytes, "ticket");
    new ParserFuzz(ChannelFuzzTest::readBody, bytes).check(bytes, "body");
  }
}
