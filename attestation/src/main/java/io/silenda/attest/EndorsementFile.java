package io.silenda.attest;

/**
 * One file that came with evidence.
 *
 * @param name how refusals call it, such as its path; its ending is a hint and decides nothing
 * @param bytes its content
 */
public record EndorsementFile(String name, byte[] bytes) {
  /** Copies the content. */
  public EndorsementFile {
    bytes = bytes.clone();
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }
}
