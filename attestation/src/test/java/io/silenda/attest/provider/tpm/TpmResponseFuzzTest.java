package io.silenda.attest.provider.tpm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.AttestationException;
import io.silenda.attest.synthetic.Keys;
import io.silenda.attest.synthetic.ParserFuzz;
import java.util.List;
import java.util.TreeSet;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.api.Test;

/** Responses of any bytes. */
class TpmResponseFuzzTest {
  private static final long SEED = 15_000;

  private final ParserFuzz areas = new ParserFuzz(TpmPublicArea::parse, area());
  private final ParserFuzz registers =
      new ParserFuzz(
          bytes -> new TpmSession(transport(bytes)).readPcrs(new TreeSet<>(List.of(0))),
          pcrResponse());

  private static byte[] area() {
    byte[] point = Keys.point(Keys.ec("secp256r1", 16));
    byte[] template = TpmPublicArea.template();
    return new TpmBytes()
        .bytes(Arrays.copyOf(template, template.length - 4))
        .sized(Arrays.copyOfRange(point, 1, 33))
        .sized(Arrays.copyOfRange(point, 33, 65))
        .toByteArray();
  }

  private static byte[] pcrResponse() {
    byte[] body =
        new TpmBytes()
            .u32(7)
            .u32(1)
            .u16(0x000b)
            .u8(3)
            .bytes(new byte[] {1, 0, 0})
            .u32(1)
            .sized(new byte[32])
            .toByteArray();
    return new TpmBytes().u16(0x8001).u32(10 + body.length).u32(0).bytes(body).toByteArray();
  }

  private static TpmTransport transport(byte[] response) {
    return new TpmTransport() {
      @Override
      public byte[] transmit(byte[] command) {
        return response;
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void everyMutantIsReadOrRefused() throws AttestationException {
    areas.run(SEED);
    registers.run(SEED + ParserFuzz.MUTANTS);
  }

  /** Searches with the environment variable {@code JAZZER_FUZZ}; runs on an empty input without. */
  @FuzzTest
  void anyBytesAreReadOrRefused(byte[] bytes) {
    areas.check(bytes, "public area");
    registers.check(bytes, "registers");
  }
}
