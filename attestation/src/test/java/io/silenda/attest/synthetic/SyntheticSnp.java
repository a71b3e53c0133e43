package io.silenda.attest.synthetic;

import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.VerificationContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/**
 * A made-up AMD: root, intermediate, endorsement key, and reports that it signs. Offsets are those
 * of the firmware ABI specification, written down here a second time.
 */
public final class SyntheticSnp {
  public static final int VERSION = 0x00;
  public static final int POLICY = 0x08;
  public static final int VMPL = 0x30;
  public static final int SIGNATURE_ALGORITHM = 0x34;
  public static final int CURRENT_TCB = 0x38;
  public static final int KEY_FLAGS = 0x48;
  public static final int AUTHOR_KEY_DIGEST = 0x110;
  public static final int REPORTED_TCB = 0x180;
  public static final int CPUID = 0x188;
  public static final int CHIP_ID = 0x1a0;
  public static final int COMMITTED_TCB = 0x1e0;
  public static final int CURRENT_FIRMWARE = 0x1e8;
  public static final int COMMITTED_FIRMWARE = 0x1ec;
  public static final int LAUNCH_TCB = 0x1f0;
  public static final int MITIGATIONS = 0x1f8;
  public static final int SIGNATURE = 0x2a0;

  private static final KeyPair ARK_KEYS = Keys.rsa(1);
  private static final KeyPair ASK_KEYS = Keys.rsa(2);
  private static final KeyPair VEK_KEYS = Keys.ec("secp384r1", 3);
  private static final String AMD = "1.3.6.1.4.1.3704.1.";

  private final String product;
  private final boolean vlek;
  private final int version;
  private final Authority ark;
  private final Authority ask;
  private final Map<String, byte[]> extensions = new HashMap<>();
  private Consumer<ByteBuffer> change = report -> {};
  private String leafName;
  private final List<byte[]> lists = new ArrayList<>();

  private SyntheticSnp(String product, int version, boolean vlek) {
    this.product = product;
    this.version = version;
    this.vlek = vlek;
    leafName = vlek ? "SEV-VLEK" : "SEV-VCEK";
    ark = Authority.root("ARK-" + product, ARK_KEYS, Authority.PSS);
    ask = ark.subordinate((vlek ? "SEV-VLEK-" : "SEV-") + product, 7, ASK_KEYS, Authority.PSS);
    fillExtensions();
  }

  public static SyntheticSnp vcek(String product, int version) {
    return new SyntheticSnp(product, version, false);
  }

  public static SyntheticSnp vlek(String product, int version) {
    return new SyntheticSnp(product, version, true);
  }

  private void fillExtensions() {
    extension("1", Keys.encoded(new ASN1Integer(1)));
    extension("2", Keys.encoded(new DERIA5String(product)));
    int[] levels = levels();
    if (turin()) {
      level("3.9", levels[0]);
    }
    level("3.1", levels[1]);
    level("3.2", levels[2]);
    level("3.3", levels[3]);
    level("3.8", levels[4]);
    if (vlek) {
      extension("5", Keys.encoded(new DERIA5String("CN=cloud.example")));
    } else {
      extension("4", chip());
    }
  }

  /** Replaces an extension of the endorsement key's certificate; an empty value takes it away. */
  public SyntheticSnp extension(String branch, byte[] der) {
    extensions.put(branch, der);
    return this;
  }

  public SyntheticSnp level(String branch, int level) {
    return extension(branch, Keys.encoded(new ASN1Integer(level)));
  }

  /** Changes the report before it is signed. */
  public SyntheticSnp change(Consumer<ByteBuffer> further) {
    change = change.andThen(further);
    return this;
  }

  public SyntheticSnp leafName(String name) {
    leafName = name;
    return this;
  }

  public SyntheticSnp list(byte[] crl) {
    lists.add(crl);
    return this;
  }

  public Authority ark() {
    return ark;
  }

  public Authority ask() {
    return ask;
  }

  public VerificationContext context() {
    return Refusals.full(ark.anchors());
  }

  public byte[] endorsementKeyCertificate() {
    return Keys.encoded(certificate());
  }

  public Evidence evidence() {
    List<EndorsementFile> files = new ArrayList<>();
    files.add(new EndorsementFile("vek", endorsementKeyCertificate()));
    files.add(new EndorsementFile("ask", ask.der()));
    files.add(new EndorsementFile("ark", ark.der()));
    lists.forEach(list -> files.add(new EndorsementFile("crl", list)));
    return new Evidence("snp-report-v" + version, signedReport(), files);
  }

  private X509CertificateHolder certificate() {
    return ask.issue(leafName, 0, VEK_KEYS, this::addExtensions);
  }

  private void addExtensions(X509v3CertificateBuilder builder) {
    extensions.forEach(
        (branch, value) -> {
          if (value.length > 0) {
            Authority.add(builder, AMD + branch, value);
          }
        });
  }

  public byte[] signedReport() {
    ByteBuffer report = ByteBuffer.allocate(0x4a0).order(ByteOrder.LITTLE_ENDIAN);
    fill(report);
    change.accept(report);
    byte[] bytes = report.array();
    byte[] rs = Keys.signP384(VEK_KEYS.getPrivate(), Arrays.copyOf(bytes, SIGNATURE));
    for (int i = 0; i < 48; i++) {
      bytes[SIGNATURE + i] = rs[47 - i];
      bytes[SIGNATURE + 72 + i] = rs[95 - i];
    }
    return bytes;
  }

  private void fill(ByteBuffer report) {
    report.putInt(VERSION, version);
    report.putInt(0x04, 3);
    report.putLong(POLICY, 0x3001fL);
    report.putInt(VMPL, 1);
    report.putInt(SIGNATURE_ALGORITHM, 1);
    report.putInt(KEY_FLAGS, vlek ? 1 << 2 : 0);
    for (int i = 0x50; i < 0xe0; i++) {
      report.put(i, (byte) (i + 1));
    }
    for (int offset : new int[] {CURRENT_TCB, REPORTED_TCB, COMMITTED_TCB, LAUNCH_TCB}) {
      report.putLong(offset, rawTcb());
    }
    if (version >= 3) {
      report.put(CPUID, (byte) (turin() ? 0x1a : 0x19));
      report.put(CPUID + 1, (byte) (turin() ? 0x02 : product.equals("Genoa") ? 0x11 : 0x01));
      report.put(CPUID + 2, (byte) 1);
    }
    if (!vlek) {
      byte[] chip = chip();
      for (int i = 0; i < chip.length; i++) {
        report.put(CHIP_ID + i, chip[i]);
      }
    }
    report.putInt(CURRENT_FIRMWARE, 0x013704);
    report.putInt(COMMITTED_FIRMWARE, 0x013704);
    if (version >= 5) {
      report.putLong(MITIGATIONS, 0x5);
      report.putLong(MITIGATIONS + 8, 0xd);
    }
  }

  /** FMC, boot loader, TEE, SNP, microcode. */
  private static int[] levels() {
    return new int[] {2, 10, 1, 23, 84};
  }

  private long rawTcb() {
    int[] l = levels();
    return turin()
        ? l[0] | l[1] << 8 | l[2] << 16 | (long) l[3] << 24 | (long) l[4] << 56
        : l[1] | l[2] << 8 | (long) l[3] << 48 | (long) l[4] << 56;
  }

  private byte[] chip() {
    byte[] chip = new byte[turin() ? 8 : 64];
    for (int i = 0; i < chip.length; i++) {
      chip[i] = (byte) (0xa0 + i);
    }
    return chip;
  }

  private boolean turin() {
    return product.equals("Turin");
  }
}
