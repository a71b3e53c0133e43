package io.silenda.infer.enclave.pipe;

import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Tee;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Evidence as bytes on the pipe. It proves itself or nothing: the host is not trusted with it.
 *
 * @param tee what made it, by the host's word
 * @param evidence what it made
 */
public record EvidenceContent(Tee tee, Evidence evidence) {
  private static final int MAX_ENDORSEMENTS = 64;

  /** The bytes of it. */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(tee.ordinal());
      out.writeUTF(evidence.format());
      write(out, evidence.bytes());
      out.writeInt(evidence.endorsements().size());
      for (EndorsementFile file : evidence.endorsements()) {
        out.writeUTF(file.name());
        write(out, file.bytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, byte[] content) throws IOException {
    out.writeInt(content.length);
    out.write(content);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException if it is anything else
   */
  public static EvidenceContent decode(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int tee = in.readUnsignedByte();
      if (tee >= Tee.values().length) {
        throw new IOException("technology " + tee + " is not known");
      }
      String format = in.readUTF();
      byte[] evidence = read(in);
      int count = in.readInt();
      if (count < 0 || count > MAX_ENDORSEMENTS) {
        throw new IOException(count + " endorsements, must be 0 to " + MAX_ENDORSEMENTS);
      }
      List<EndorsementFile> files = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String name = in.readUTF();
        files.add(new EndorsementFile(name, read(in)));
      }
      if (in.read() >= 0) {
        throw new IOException("bytes after the evidence");
      }
      return new EvidenceContent(Tee.values()[tee], new Evidence(format, evidence, files));
    }
  }

  private static byte[] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new EOFException("a field of " + length + " bytes");
    }
    return in.readNBytes(length);
  }
}
