package io.silenda.attest.batch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.silenda.attest.AttestationException;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.encoding.JsonObject;
import io.silenda.attest.encoding.StrictJson;
import io.silenda.attest.pki.Certificates;
import io.silenda.attest.pki.TrustAnchor;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.report.VerdictJson;
import io.silenda.attest.verifier.Verifier;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers requests of {@code attest verify --batch}: a line of JSON each way, a verdict or {@code
 * {id, error}}. Immutable and thread-safe.
 */
public final class BatchVerifier {
  private static final String TRUST_ANCHOR = "trust-anchor=";

  private final Path folder;

  /** Answers requests whose paths are relative to {@code folder}. */
  public BatchVerifier(Path folder) {
    this.folder = folder;
  }

  /** Answers one line of UTF-8; never throws for anything that the line or its files hold. */
  public String answer(byte[] line) {
    String id = "";
    try {
      JsonObject json = StrictJson.parseObject("request", line);
      id = json.text("id");
      return verdict(BatchRequest.of(id, json)).toString();
    } catch (AttestationException e) {
      return error(id, e.check().sentence());
    } catch (NoSuchFileException e) {
      return error(id, e.getFile() + ": no such file");
    } catch (IOException e) {
      return error(id, String.valueOf(e.getMessage()));
    } catch (InvalidPathException e) {
      return error(id, e.getInput() + ": no path");
    }
  }

  private ObjectNode verdict(BatchRequest request) throws IOException, AttestationException {
    Policy policy =
        request.policy().equals("allow-debug") ? BatchPolicies.ALLOW_DEBUG : BatchPolicies.DEFAULT;
    VerificationContext context =
        new VerificationContext(request.mode(), request.time(), anchors(request.policy()));
    return VerdictJson.of(request.id(), new Verifier(policy).verify(evidence(request), context));
  }

  private Evidence evidence(BatchRequest request) throws IOException {
    List<String> files = request.files();
    List<EndorsementFile> endorsements = new ArrayList<>();
    for (String file : files.subList(1, files.size())) {
      endorsements.add(new EndorsementFile(file, read(file)));
    }
    return new Evidence(request.format(), read(files.get(0)), endorsements);
  }

  private Optional<List<TrustAnchor>> anchors(String policy)
      throws IOException, AttestationException {
    if (policy.equals("default") || policy.equals("allow-debug")) {
      return Optional.empty();
    }
    if (!policy.startsWith(TRUST_ANCHOR)) {
      throw BatchRequest.bad("policy " + policy, "default, allow-debug or trust-anchor=FILE");
    }
    String file = policy.substring(TRUST_ANCHOR.length());
    return Optional.of(
        Certificates.parseFile(file, read(file)).stream()
            .map(certificate -> TrustAnchor.of(file, certificate))
            .toList());
  }

  private byte[] read(String file) throws IOException {
    return BoundedFile.read(folder.resolve(file));
  }

  private static String error(String id, String message) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("error", message.lines().findFirst().orElse(message))
        .toString();
  }
}
