package io.silenda.attest.snp;

/** The guest policy with which a guest was launched, [ABI] section 4.3, table 9. */
public record GuestPolicy(long bits) {
  private static final int SMT = 16;
  private static final int RESERVED_ONE = 17;
  private static final int MIGRATE_MA = 18;
  private static final int DEBUG = 19;
  private static final int SINGLE_SOCKET = 20;
  private static final int CXL = 21;
  private static final int MEM_AES_256_XTS = 22;
  private static final int RAPL_DISABLED = 23;
  private static final int CIPHERTEXT_HIDING = 24;
  private static final int PAGE_SWAP_DISABLED = 25;
  private static final long DEFINED = (1L << (PAGE_SWAP_DISABLED + 1)) - 1;

  /** The least firmware ABI that may run the guest. */
  public int abiMinor() {
    return (int) bits & 0xff;
  }

  public int abiMajor() {
    return (int) (bits >> 8) & 0xff;
  }

  public boolean smtAllowed() {
    return bit(SMT);
  }

  /** A migration agent may be associated with the guest, and it may hand its memory on. */
  public boolean migrationAllowed() {
    return bit(MIGRATE_MA);
  }

  /** The host may read and write the guest's memory. */
  public boolean debugAllowed() {
    return bit(DEBUG);
  }

  public boolean singleSocketRequired() {
    return bit(SINGLE_SOCKET);
  }

  public boolean cxlAllowed() {
    return bit(CXL);
  }

  public boolean aes256XtsRequired() {
    return bit(MEM_AES_256_XTS);
  }

  public boolean raplDisabledRequired() {
    return bit(RAPL_DISABLED);
  }

  public boolean ciphertextHidingRequired() {
    return bit(CIPHERTEXT_HIDING);
  }

  public boolean pageSwapDisabledRequired() {
    return bit(PAGE_SWAP_DISABLED);
  }

  /** Bit 17 is one, and no bit is set that [ABI] leaves undefined. */
  boolean wellFormed() {
    return bit(RESERVED_ONE) && (bits & ~DEFINED) == 0;
  }

  private boolean bit(int index) {
    return (bits >> index & 1) == 1;
  }
}
