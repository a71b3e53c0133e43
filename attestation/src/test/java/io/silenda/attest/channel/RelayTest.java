package io.silenda.attest.channel;

import static io.silenda.attest.channel.ChannelFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.synthetic.RefusedBy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a relay may try with the messages of a session that is open. */
class RelayTest {
  private static final int EXTENSIONS_AT = 5;

  private final ChannelFixture fixture = new ChannelFixture();
  private AttestedEndpoint endpoint = fixture.endpoint();
  private AttestedSession session;

  @BeforeEach
  void open() throws AttestationException {
    session = fixture.session(endpoint);
  }

  @AfterEach
  void close() {
    session.close();
    endpoint.close();
  }

  private SealedRequest seal(String content) throws AttestationException {
    return session.seal(bytes(content));
  }

  private byte[] answer(SealedRequest request, String content) throws AttestationException {
    try (OpenedRequest opened = endpoint.open(request.bytes())) {
      opened.readContent();
      return opened.sealAnswer(bytes(content));
    }
  }

  private void assertWorkerRefuses(byte[] request, Reason reason) {
    RefusedBy.assertRefused(
        reason,
        () -> {
          try (OpenedRequest opened = endpoint.open(request)) {
            opened.readContent();
          }
        });
  }

  private static void assertClientRefuses(SealedRequest request, byte[] answer, Reason reason) {
    RefusedBy.assertRefused(reason, () -> request.exchange().open(answer));
  }

  @Test
  void aReplayedRequestIsRefused() throws Exception {
    SealedRequest request = seal("once");
    answer(request, "yes");
    assertWorkerRefuses(request.bytes(), Reason.REPLAYED);
  }

  @Test
  void aReplayBehindTheWindowIsRefused() throws Exception {
    SealedRequest first = seal("first");
    answer(first, "yes");
    for (int i = 0; i < 100; i++) {
      answer(seal("more"), "yes");
    }
    assertWorkerRefuses(first.bytes(), Reason.REPLAYED);
  }

  @Test
  void requestsOutOfOrderAreRefused() throws Exception {
    SealedRequest first = seal("first");
    SealedRequest second = seal("second");
    answer(second, "yes");
    assertWorkerRefuses(first.bytes(), Reason.REORDERED);
  }

  @Test
  void answersOutOfOrderAreRefused() throws Exception {
    SealedRequest first = seal("first");
    SealedRequest second = seal("second");
    byte[] firstAnswer = answer(first, "one");
    answer(second, "two");
    assertClientRefuses(second, firstAnswer, Reason.OTHER_EXCHANGE);
  }

  /** The header says the right request, the keys are those of another. */
  @Test
  void aReplayedAnswerWithARewrittenCounterIsRefused() throws Exception {
    SealedRequest first = seal("first");
    SealedRequest second = seal("second");
    byte[] replayed = answer(first, "one");
    ByteBuffer.wrap(replayed).putLong(8 + SessionId.BYTES, 2);
    assertClientRefuses(second, replayed, Reason.SEAL_BROKEN);
  }

  @Test
  void requestsOfOtherSessionsAndWorkersAreRefused() throws Exception {
    try (AttestedEndpoint other = fixture.endpoint();
        AttestedSession theirs = fixture.session(other)) {
      assertWorkerRefuses(theirs.seal(bytes("x")).bytes(), Reason.UNKNOWN_SESSION);
    }
    SealedRequest request = seal("x");
    answer(request, "y");
    try (AttestedSession second = fixture.session(endpoint)) {
      SealedRequest more = second.seal(bytes("z"));
      byte[] moved = more.bytes().clone();
      System.arraycopy(request.bytes(), 8, moved, 8, SessionId.BYTES);
      ByteBuffer.wrap(moved).putLong(8 + SessionId.BYTES, 2);
      assertWorkerRefuses(moved, Reason.OTHER_EXCHANGE);
    }
  }

  @Test
  void truncatedMessagesAreRefused() throws Exception {
    SealedRequest request = seal("content");
    byte[] answer = answer(request, "answer");
    assertClientRefuses(request, Arrays.copyOf(answer, answer.length - 1), Reason.TRUNCATED);
    byte[] next = seal("content").bytes();
    assertWorkerRefuses(Arrays.copyOf(next, next.length - 1), Reason.TRUNCATED);
  }

  /** Cut exactly between two frames: the case that the plain protocol cannot see. */
  @Test
  void aMissingFinalFrameIsRefused() throws Exception {
    SealedRequest request = seal("content");
    byte[] answer = answer(request, "answer");
    assertClientRefuses(
        request, withoutFinalFrame(answer, AnswerHeader.BYTES), Reason.FINAL_FRAME_MISSING);
    byte[] next = seal("content").bytes();
    assertWorkerRefuses(withoutFinalFrame(next, RequestHeader.BYTES), Reason.FINAL_FRAME_MISSING);
  }

  private static byte[] withoutFinalFrame(byte[] message, int header) {
    ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.BIG_ENDIAN);
    int at = header;
    while (buffer.getInt(at) >= 0) {
      at += Frames.LENGTH_BYTES + buffer.getInt(at);
    }
    return Arrays.copyOf(message, at);
  }

  /** The mark alone does not make a frame the final one: its associated data differ. */
  @Test
  void aForgedFinalMarkIsRefused() throws Exception {
    SealedRequest request = seal("content");
    byte[] answer = answer(request, "answer");
    byte[] cut = withoutFinalFrame(answer, AnswerHeader.BYTES);
    cut[AnswerHeader.BYTES] |= (byte) 0x80;
    assertClientRefuses(request, cut, Reason.SEAL_BROKEN);
  }

  @Test
  void bytesAfterTheFinalFrameAreRefused() throws Exception {
    SealedRequest request = seal("content");
    byte[] answer = answer(request, "answer");
    assertClientRefuses(request, Arrays.copyOf(answer, answer.length + 1), Reason.TRAILING_BYTES);
  }

  @Test
  void aDowngradeOfTheExtensionsIsRefused() throws Exception {
    for (int extensions : new int[] {0, 1, 2, 7}) {
      byte[] request = seal("content").bytes();
      request[EXTENSIONS_AT] = (byte) extensions;
      assertWorkerRefuses(request, Reason.DOWNGRADED);
      SealedRequest good = seal("content");
      byte[] answer = answer(good, "answer");
      answer[EXTENSIONS_AT] = (byte) extensions;
      assertClientRefuses(good, answer, Reason.DOWNGRADED);
    }
  }

  @Test
  void anAnswerInTheClearIsRefused() throws Exception {
    assertClientRefuses(seal("x"), bytes("{\"outputs\":[1,2,3]}"), Reason.NOT_SEALED);
    assertClientRefuses(seal("x"), new byte[0], Reason.NOT_SEALED);
    assertClientRefuses(seal("x"), new byte[4096], Reason.NOT_SEALED);
    assertWorkerRefuses(bytes("{\"inputs\":[1,2,3]}"), Reason.NOT_SEALED);
    assertWorkerRefuses(new byte[4096], Reason.NOT_SEALED);
  }

  @Test
  void anExchangeTakesOneAnswer() throws Exception {
    SealedRequest request = seal("x");
    byte[] answer = answer(request, "y");
    request.exchange().open(answer);
    assertThatIllegalStateException().isThrownBy(() -> request.exchange().open(answer));
  }

  @Test
  void nothingIsReadBehindARefusedFrame() throws Exception {
    byte[] request = session.seal(new byte[200_000]).bytes();
    int second = RequestHeader.BYTES + Frames.LENGTH_BYTES + Frames.MAX_SEALED_BYTES;
    request[second + 100] ^= 1;
    try (OpenedRequest opened = endpoint.open(new ByteArrayInputStream(request))) {
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      for (int attempt = 0; attempt < 2; attempt++) {
        SealedBodyException refused =
            catchThrowableOfType(
                SealedBodyException.class, () -> opened.content().transferTo(read));
        assertThat(refused.refusal().reason()).isEqualTo(Reason.SEAL_BROKEN);
      }
      assertThat(read.size()).isEqualTo(Frames.CONTENT_BYTES);
    }
  }

  @Test
  void anAnswerThatWasNotFinishedIsRefused() throws Exception {
    SealedRequest request = seal("x");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OpenedRequest opened = endpoint.open(request.bytes())) {
      opened.readContent();
      try (AnswerStream stream = opened.answer(out)) {
        stream.write(new byte[200_000]);
      }
    }
    assertClientRefuses(request, out.toByteArray(), Reason.FINAL_FRAME_MISSING);
  }

  @Test
  void sessionsEndWithTheirTimeAndTheirRequests() throws Exception {
    SessionLimits two = new SessionLimits(Duration.ofMinutes(10), 2);
    ClientHandshake short1 = ClientHandshake.begin(ChannelFixture.owner(), two, fixture.clock);
    try (AttestedSession brief = short1.complete(endpoint.introduce(short1.challenge()))) {
      brief.seal(new byte[0]);
      brief.seal(new byte[0]);
      RefusedBy.assertRefused(Reason.SESSION_EXPIRED, () -> brief.seal(new byte[0]));
    }
    SealedRequest waiting = seal("late");
    fixture.clock.advance(Duration.ofMinutes(61));
    RefusedBy.assertRefused(Reason.SESSION_EXPIRED, () -> seal("too late"));
    endpoint.rotateKeys();
    assertWorkerRefuses(waiting.bytes(), Reason.SESSION_EXPIRED);
  }
}
