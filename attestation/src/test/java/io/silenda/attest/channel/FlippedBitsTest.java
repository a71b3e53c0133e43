package io.silenda.attest.channel;

import io.silenda.attest.receipt.ReceiptBundle;
import io.silenda.attest.synthetic.RefusedBy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One bit of every byte of every message: refused by whoever reads it. */
class FlippedBitsTest {
  private final ChannelFixture fixture = new ChannelFixture();
  private final AttestedEndpoint endpoint = fixture.endpoint();

  @AfterEach
  void close() {
    endpoint.close();
  }

  private static byte[] flipped(byte[] message, int at) {
    byte[] other = message.clone();
    other[at] ^= (byte) (1 << at % 8);
    return other;
  }

  /** A flipped nonce makes an honest introduction that the client did not ask for. */
  @Test
  void ofChallenges() throws Exception {
    int length = fixture.handshake().challenge().length;
    for (int at = 0; at < length; at++) {
      ClientHandshake handshake = fixture.handshake();
      byte[] challenge = flipped(handshake.challenge(), at);
      RefusedBy.refusal(() -> handshake.complete(endpoint.introduce(challenge)));
    }
  }

  @Test
  void ofIntroductions() throws Exception {
    ClientHandshake first = fixture.handshake();
    int length = endpoint.introduce(first.challenge()).length;
    for (int at = 0; at < length; at++) {
      ClientHandshake handshake = fixture.handshake();
      byte[] introduction = flipped(endpoint.introduce(handshake.challenge()), at);
      RefusedBy.refusal(() -> handshake.complete(introduction));
    }
  }

  @Test
  void ofRequests() throws Exception {
    try (AttestedSession session = fixture.session(endpoint)) {
      byte[] request = session.seal(ChannelFixture.bytes("content")).bytes();
      for (int at = 0; at < request.length; at++) {
        byte[] spoiled = flipped(request, at);
        RefusedBy.refusal(
            () -> {
              try (OpenedRequest opened = endpoint.open(spoiled)) {
                opened.readContent();
              }
            });
        // A request whose first frame opened has used up its number.
        if (at >= RequestHeader.BYTES) {
          request = session.seal(ChannelFixture.bytes("content")).bytes();
        }
      }
    }
  }

  @Test
  void ofAnswers() throws Exception {
    try (AttestedSession session = fixture.session(endpoint)) {
      int length = Integer.MAX_VALUE;
      for (int at = 0; at < length; at++) {
        SealedRequest request = session.seal(new byte[0]);
        byte[] answer;
        try (OpenedRequest opened = endpoint.open(request.bytes())) {
          opened.readContent();
          answer = opened.sealAnswer(ChannelFixture.bytes("content"));
        }
        length = answer.length;
        byte[] spoiled = flipped(answer, at);
        RefusedBy.refusal(() -> request.exchange().open(spoiled));
      }
    }
  }

  @Test
  void ofReceiptBundles() throws Exception {
    try (AttestedSession session = fixture.session(endpoint)) {
      byte[] bundle = bundle(session);
      ReceiptBundle.parse(bundle).verify(ChannelFixture.owner(), fixture.clock.instant());
      for (int at = 0; at < bundle.length; at++) {
        byte[] spoiled = flipped(bundle, at);
        RefusedBy.refusal(
            () ->
                ReceiptBundle.parse(spoiled)
                    .verify(ChannelFixture.owner(), fixture.clock.instant()));
      }
    }
  }

  private byte[] bundle(AttestedSession session) throws Exception {
    SealedRequest request = session.seal(ChannelFixture.bytes("in"));
    try (OpenedRequest opened = endpoint.open(request.bytes())) {
      opened.readContent();
      Answer answer = request.exchange().open(opened.sealAnswer(ChannelFixture.bytes("out")));
      return session.bundle(answer.receipt()).encode();
    }
  }
}
