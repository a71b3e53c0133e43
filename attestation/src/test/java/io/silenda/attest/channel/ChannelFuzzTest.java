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
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every parser of the channel with any bytes. */
class ChannelFuzzTest {
  private static final byte[] SECRET = new byte[32];
  private static final long SEED = 1_000;

  private final ChannelFixture fixture = new ChannelFixture();
  private final AttestedEndpoint endpoint = fixture.endpoint();
  private final Map<String, ParserFuzz> parsers = parsers();

  private Map<String, ParserFuzz> parsers() {
    try (AttestedSession session = fixture.session(endpoint)) {
      byte[] introduction = endpoint.introduce(fixture.handshake().challenge());
      HpkeConfiguration configuration = Introduction.parse(introduction).bound().binding().hpke();
      byte[] request = session.seal(new byte[0]).bytes();
      byte[] answer =
          new AnswerHeader(SessionId.of(new byte[SessionId.BYTES]), 1, new byte[32]).encode();
      return Map.of(
          "challenge",
          new ParserFuzz(Challenge::parse, fixture.handshake().challenge()),
          "introduction",
          new ParserFuzz(bytes -> Introduction.parse(bytes).grant(), introduction),
          "configuration",
          new ParserFuzz(HpkeConfiguration::parse, configuration.encode()),
          "request header",
          new ParserFuzz(RequestHeader::parse, Arrays.copyOf(request, RequestHeader.BYTES)),
          "answer header",
          new ParserFuzz(AnswerHeader::parse, answer),
          "body",
          new ParserFuzz(ChannelFuzzTest::readBody, body()),
          "receipt key",
          new ParserFuzz(Ed25519Key::parse, endpoint.receiptKey()),
          "receipt bundle",
          new ParserFuzz(ReceiptBundle::parse, receiptBundle(session)),
          "ticket",
          new ParserFuzz(ResumptionTicket::parse, session.suspend().encode()));
    } catch (AttestationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] receiptBundle(AttestedSession session) throws AttestationException {
    SealedRequest request = session.seal(new byte[10]);
    OpenedRequest opened = endpoint.open(request.bytes());
    opened.readContent();
    Answer answer = request.exchange().open(opened.sealAnswer(new byte[10]));
    return session.bundle(answer.receipt()).encode();
  }

  private static byte[] body() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    FrameWriter writer = new FrameWriter(BodyKeys.derive(SECRET, SECRET), body);
    writer.write(new byte[3000], 0, 3000);
    writer.finish(new byte[10]);
    return body.toByteArray();
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

  @TestFactory
  Stream<DynamicTest> everyMutantIsReadOrRefused() {
    return parsers.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> entry.getValue().run(SEED)));
  }

  /** Searches with the environment variable {@code JAZZER_FUZZ}; runs on an empty input without. */
  @FuzzTest
  void anyBytesAreReadOrRefused(byte[] bytes) {
    parsers.forEach((name, fuzz) -> fuzz.check(bytes, name));
  }
}
