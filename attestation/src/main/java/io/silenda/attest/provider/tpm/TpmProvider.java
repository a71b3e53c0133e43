package io.silenda.attest.provider.tpm;

import io.silenda.attest.AttestationException;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import io.silenda.attest.encoding.Digests;
import io.silenda.attest.provider.EvidenceProvider;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.provider.ProviderFaults;
import io.silenda.attest.provider.ReportData;
import io.silenda.attest.tpm.TpmQuoteParser;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.function.Supplier;

/**
 * Quotes of a TPM 2.0. The qualifying data is the SHA-256 of the report data. A TPM measures what
 * was booted; whoever administers the machine reads its memory all the same.
 */
public final class TpmProvider implements EvidenceProvider {
  /** The kernel's resource manager, which keeps users of one TPM apart. */
  public static final Path LINUX = Path.of("/dev/tpmrm0");

  static final String NAME = "tpm";
  private static final String FORMAT = "tpm2-quote";
  private static final int ATTEMPTS = 3;

  private final TpmTransport.Opener opener;
  private final Supplier<Optional<String>> missing;
  private final TpmOptions options;

  private TpmProvider(
      TpmTransport.Opener opener, Supplier<Optional<String>> missing, TpmOptions options) {
    this.opener = opener;
    this.missing = missing;
    this.options = options;
  }

  /** The TPM at a character device, usually {@link #LINUX}. */
  public static TpmProvider ofDevice(Path device, TpmOptions options) {
    return new TpmProvider(
        () -> DeviceTransport.open(device, options.timeout()),
        () ->
            Files.exists(device)
                ? Optional.empty()
                : Optional.of("no device " + device + ": no TPM 2.0, or no driver for it"),
        options);
  }

  /** A software TPM that takes bare commands at a socket, such as that of {@code swtpm socket}. */
  public static TpmProvider ofSocket(SocketAddress address, TpmOptions options) {
    return new TpmProvider(
        () -> SocketTransport.open(address, options.timeout()), Optional::empty, options);
  }

  /** For tests with a transport of their own. */
  static TpmProvider of(TpmTransport.Opener opener, TpmOptions options) {
    return new TpmProvider(opener, Optional::empty, options);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Probe probe() {
    Optional<String> reason = missing.get();
    if (reason.isPresent()) {
      return new Probe.Absent(reason.get());
    }
    try (TpmSession session = open()) {
      String vendor = session.vendor();
      return new Probe.Present(
          Tee.TPM, "TPM 2.0 by " + vendor + (vendor.contains("SW") ? ": SIMULATED" : ""));
    } catch (AttestationException e) {
      return new Probe.Absent(e.check().seen());
    } catch (IOException e) {
      return new Probe.Absent(ProviderFaults.words(e));
    }
  }

  @Override
  public Evidence provide(byte[] reportData) throws AttestationException {
    byte[] qualifyingData = ReportData.shortened(reportData);
    Optional<String> reason = missing.get();
    if (reason.isPresent()) {
      throw ProviderFaults.absent(NAME, reason.get());
    }
    try (TpmSession session = open()) {
      return evidence(session, qualifyingData);
    } catch (IOException e) {
      throw ProviderFaults.failed(NAME, ProviderFaults.words(e), "a TPM that can be closed");
    }
  }

  private TpmSession open() throws AttestationException {
    try {
      return new TpmSession(opener.open());
    } catch (IOException e) {
      throw ProviderFaults.absent(NAME, "cannot be opened: " + ProviderFaults.words(e));
    }
  }

  private Evidence evidence(TpmSession session, byte[] qualifyingData) throws AttestationException {
    if (options.keyHandle().isPresent()) {
      return evidence(session, session.loaded(options.keyHandle().getAsInt()), qualifyingData);
    }
    TpmSession.Key key = session.createAttestationKey();
    try {
      Evidence evidence = evidence(session, key, qualifyingData);
      session.flush(key.handle());
      return evidence;
    } catch (AttestationException e) {
      flushAfter(e, session, key);
      throw e;
    }
  }

  private static void flushAfter(
      AttestationException cause, TpmSession session, TpmSession.Key key) {
    try {
      session.flush(key.handle());
    } catch (AttestationException e) {
      cause.addSuppressed(e);
    }
  }

  private Evidence evidence(TpmSession session, TpmSession.Key key, byte[] qualifyingData)
      throws AttestationException {
    for (int attempt = 1; ; attempt++) {
      TpmSession.Quote quote = session.quote(key, qualifyingData, options.pcrs());
      SortedMap<Integer, byte[]> values = session.readPcrs(options.pcrs());
      if (gives(values, TpmQuoteParser.parse(quote.attest()).pcrDigest())) {
        return new Evidence(
            FORMAT,
            quote.attest(),
            List.of(
                new EndorsementFile("signature", quote.signature()),
                new EndorsementFile("pcrs.json", json(values)),
                attestationKey(session, key)));
      }
      if (attempt == ATTEMPTS) {
        throw new AttestationException(
            Reason.PROVIDER_BUSY,
            NAME,
            "registers that change between quote and reading",
            "registers that stay as they were quoted");
      }
    }
  }

  private static boolean gives(SortedMap<Integer, byte[]> values, byte[] digest) {
    byte[] hash = Digests.SHA_256.hash(values.values().toArray(new byte[0][]));
    return Arrays.equals(hash, digest);
  }

  private EndorsementFile attestationKey(TpmSession session, TpmSession.Key key)
      throws AttestationException {
    return options.certificateIndex().isPresent()
        ? new EndorsementFile("ak.der", session.readNv(options.certificateIndex().getAsInt()))
        : new EndorsementFile("ak.pem", key.publicArea().pem());
  }

  private static byte[] json(SortedMap<Integer, byte[]> values) {
    StringJoiner json = new StringJoiner(",", "{", "}");
    values.forEach(
        (pcr, value) -> json.add("\"" + pcr + "\":\"" + HexFormat.of().formatHex(value) + "\""));
    return json.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
