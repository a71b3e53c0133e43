package io.silenda.attest.provider.nitro;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Evidence;
import io.silenda.attest.Tee;
import io.silenda.attest.provider.EvidenceProvider;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.provider.ProviderFaults;
import io.silenda.attest.provider.ReportData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents of a Nitro enclave; the report data is their nonce. They need no endorsements. */
public final class NitroProvider implements EvidenceProvider {
  /** Where Linux has it. */
  public static final Path LINUX = Path.of("/dev/nsm");

  static final String NAME = "nitro";
  private static final String FORMAT = "nitro-cose-sign1";

  private final Path path;
  private final NsmDevice device;

  /** The module at {@code device}, usually {@link #LINUX}. */
  public NitroProvider(Path device) {
    this(device, new JnaNsmDevice(device));
  }

  NitroProvider(Path path, NsmDevice device) {
    this.path = path;
    this.device = device;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Probe probe() {
    if (Files.notExists(path)) {
      return new Probe.Absent("no device " + path + ": not inside of a Nitro enclave");
    }
    if (!Files.isReadable(path) || !Files.isWritable(path)) {
      return new Probe.Absent("no permission for " + path);
    }
    return new Probe.Present(Tee.NITRO, "Nitro Secure Module at " + path);
  }

  @Override
  public Evidence provide(byte[] reportData) throws AttestationException {
    byte[] wanted = ReportData.requireLength(reportData);
    if (probe() instanceof Probe.Absent absent) {
      throw ProviderFaults.absent(NAME, absent.reason());
    }
    byte[] document = NsmMessages.document(response(NsmMessages.attestation(wanted)));
    if (!ReportData.isIn(document, wanted)) {
      throw ProviderFaults.failed(NAME, "a document without the nonce", "the nonce in it");
    }
    return Evidence.of(FORMAT, document);
  }

  private byte[] response(byte[] request) throws AttestationException {
    try {
      return device.request(request);
    } catch (IOException e) {
      throw ProviderFaults.failed(NAME, ProviderFaults.words(e), "a response");
    }
  }
}
