package io.silenda.attest.intel;

/** Each kind of quote, good. */
enum SyntheticIntelFactory {
  SGX,
  TDX_V4,
  TDX_V5,
  TDX_15;

  SyntheticIntel make() {
    return switch (this) {
      case SGX -> SyntheticIntel.sgx();
      case TDX_V4 -> SyntheticIntel.tdxV4();
      case TDX_V5 -> SyntheticIntel.tdxV5();
      case TDX_15 -> SyntheticIntel.tdx15();
    };
  }
}
