package io.silenda.attest.encoding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON as RFC 8259 has it, in UTF-8, with no member twice and nothing behind the value. */
public final class StrictJson {
  /** A tree takes up to 30 times the text: a limit on the text bounds both. */
  private static final int MAX_CHARACTERS = 1 << 20;

  private static final int MAX_DEPTH = 32;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(32)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /** Reads one object; {@code document} names it in refusals. */
  public static JsonObject parseObject(String document, byte[] utf8) throws AttestationException {
    return parseObject(document, text(document, utf8));
  }

  /** Reads one object; {@code document} names it in refusals. */
  public static JsonObject parseObject(String document, String text) throws AttestationException {
    return JsonObject.of(document, parse(document, text));
  }

  private static JsonNode parse(String document, String text) throws AttestationException {
    if (text.length() > MAX_CHARACTERS) {
      throw bad(document, text.length() + " characters, more than " + MAX_CHARACTERS);
    }
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node == null || node.isMissingNode()) {
        throw bad(document, "nothing");
      }
      return node;
    } catch (IOException e) {
      throw bad(document, firstLine(e));
    }
  }

  private static String text(String document, byte[] utf8) throws AttestationException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw bad(document, "bytes that are not UTF-8");
    }
  }

  private static String firstLine(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(message);
  }

  private static AttestationException bad(String document, String seen) {
    return new AttestationException(Reason.BAD_JSON, "structure", document + ": " + seen, "JSON");
  }
}
