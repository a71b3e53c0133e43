package io.silenda.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.request.AccountingRequest;
import io.silenda.dp.request.AccountingRequests;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One JSON object a line in, one out, in order; a line that cannot be answered yields its reason.
 */
final class PrivacyBatch {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private PrivacyBatch() {}

  static void answer(Path requests, PrintWriter out) throws IOException {
    // Read as bytes, one a character, so that a line that is not UTF-8 spoils no other.
    try (BufferedReader lines = Files.newBufferedReader(requests, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          out.println(Json.line(answer(line.getBytes(StandardCharsets.ISO_8859_1))));
          out.flush();
        }
      }
    }
  }

  private static Map<String, Object> answer(byte[] line) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", null);
    try {
      JsonNode json = MAPPER.readTree(text(line));
      if (!json.isObject()) {
        throw new IllegalArgumentException("the line is not a JSON object");
      }
      answer.put("id", json.path("id").isValueNode() ? json.path("id").asText() : null);
      AccountingRequest request = request(json);
      double value = AccountingRequests.answer(request);
      answer.put("accountant", request.accountant());
      answer.put("quantity", request.quantity());
      answer.put("value", value);
    } catch (JsonProcessingException e) {
      answer.put("error", "the line is not JSON: " + e.getOriginalMessage());
    } catch (CharacterCodingException e) {
      answer.put("error", "the line is not UTF-8");
    } catch (AccountingException | IllegalArgumentException e) {
      answer.put("error", e.getMessage());
    } catch (RuntimeException e) {
      // Whatever one line met, the others have their answers.
      answer.put("error", "no answer: " + e);
    }
    return answer;
  }

  private static String text(byte[] line) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
  }

  private static AccountingRequest request(JsonNode json) {
    return new AccountingRequest(
        text(json, "id"),
        text(json, "accountant"),
        text(json, "kind"),
        json.path("adjacency").isTextual()
            ? Optional.of(json.path("adjacency").asText())
            : Optional.empty(),
        number(json, "q"),
        number(json, "sigma"),
        number(json, "steps"),
        number(json, "delta"),
        number(json, "n"),
        json.path("extra").asText(""),
        text(json, "quantity"));
  }

  private static String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (!value.isValueNode() || value.isNull()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value.asText();
  }

  private static OptionalDouble number(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalDouble.empty();
    }
    if (!value.isNumber()) {
      throw new IllegalArgumentException(name + " " + value + " is not a number");
    }
    return OptionalDouble.of(value.asDouble());
  }
}
