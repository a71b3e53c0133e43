package io.silenda.attest.log;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.silenda.attest.AttestationException;
import io.silenda.attest.encoding.JsonObject;
import io.silenda.attest.encoding.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Everything that proves, offline, that an entry is in a log. Proves nothing before {@link
 * #verify}.
 *
 * @param entry the bytes of the entry
 * @param index its number, from 0
 * @param proof the path from the entry to the root, hashes of 32 bytes
 * @param checkpoint the signed head
 */
public record LogBundle(byte[] entry, long index, List<byte[]> proof, String checkpoint) {
  /** Copies the arguments. */
  public LogBundle {
    entry = entry.clone();
    proof = proof.stream().map(byte[]::clone).toList();
  }

  @Override
  public byte[] entry() {
    return entry.clone();
  }

  /** Verifies checkpoint and path under {@code key}; the entry that they prove. */
  public LogEntry verify(LogKey key) throws AttestationException {
    Checkpoint head = Checkpoint.verify(checkpoint, key);
    MerkleProofs.verifyInclusion(entry, index, head.size(), proof, head.root());
    return LogEntry.parse(entry);
  }

  /** Reads the JSON of {@link #toJson}. */
  public static LogBundle parse(byte[] json) throws AttestationException {
    JsonObject object = StrictJson.parseObject("log bundle", json);
    List<byte[]> proof = new ArrayList<>();
    for (JsonObject step : object.objects("proof")) {
      proof.add(step.hex("hash", MerkleHashes.BYTES));
    }
    return new LogBundle(
        object.text("entry").getBytes(StandardCharsets.UTF_8),
        object.integer("index", 0, Long.MAX_VALUE),
        proof,
        object.text("checkpoint"));
  }

  /** This bundle as a file. */
  public String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("entry", new String(entry, StandardCharsets.UTF_8));
    json.put("index", index);
    ArrayNode steps = json.putArray("proof");
    for (byte[] hash : proof) {
      steps.addObject().put("hash", HexFormat.of().formatHex(hash));
    }
    json.put("checkpoint", checkpoint);
    return json.toString();
  }
}
