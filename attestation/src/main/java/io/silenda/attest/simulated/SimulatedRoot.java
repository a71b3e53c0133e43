package io.silenda.attest.simulated;

import io.silenda.attest.pki.TrustAnchor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/**
 * The key that signs SIMULATED evidence: Ed25519, random, one an installation, so that evidence of
 * one cannot pass for that of another where roots are given. Thread-safe.
 */
public final class SimulatedRoot {
  private final Ed25519PrivateKeyParameters key;

  private SimulatedRoot(Ed25519PrivateKeyParameters key) {
    this.key = key;
  }

  /** A key that lives in memory only. */
  public static SimulatedRoot random() {
    return new SimulatedRoot(new Ed25519PrivateKeyParameters(new SecureRandom()));
  }

  /**
   * The key in {@code file}, which is made (mode 0600, with its folders) where it is not there. Of
   * several processes that make it at once, one wins and all use its key.
   *
   * @throws IOException where the file cannot be made or read, others may read it, or it is no such
   *     key
   */
  public static SimulatedRoot loadOrCreate(Path file) throws IOException {
    byte[] seed = RootFile.loadOrCreate(file);
    try {
      return new SimulatedRoot(new Ed25519PrivateKeyParameters(seed));
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** The public half, for verifiers that want this installation and no other. */
  public TrustAnchor anchor() {
    return new TrustAnchor("SIMULATED root", subjectPublicKeyInfo(publicKey()));
  }

  /** Ed25519, 32 bytes. */
  byte[] publicKey() {
    return key.generatePublicKey().getEncoded();
  }

  /** The report with its signature behind it. */
  byte[] sign(SimulatedReport report) {
    byte[] message = report.signedBytes();
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(message, 0, message.length);
    byte[] signature = signer.generateSignature();
    byte[] evidence = Arrays.copyOf(message, message.length + signature.length);
    System.arraycopy(signature, 0, evidence, message.length, signature.length);
    return evidence;
  }

  /** DER of the key (RFC 8410). */
  static byte[] subjectPublicKeyInfo(byte[] publicKey) {
    try {
      return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
              new Ed25519PublicKeyParameters(publicKey))
          .getEncoded("DER");
    } catch (IOException e) {
      throw new UncheckedIOException("a key has an encoding", e);
    }
  }
}
