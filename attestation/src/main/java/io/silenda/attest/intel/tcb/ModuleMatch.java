package io.silenda.attest.intel.tcb;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Reason;
import io.silenda.attest.intel.collateral.SoftwareLevel;
import io.silenda.attest.intel.collateral.TcbInfo;
import io.silenda.attest.intel.collateral.TdxModule;
import io.silenda.attest.intel.quote.TdReport;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the TDX module that ran a domain (Intel PCS API, "Get TCB Info", TDX module identities).
 * Byte 1 of TEE_TCB_SVN is the module's version, byte 0 its security version; version 0 has no
 * identity.
 */
public final class ModuleMatch {
  private ModuleMatch() {}

  /** Refuses a module whose signer or attributes are not those of the TCB info. */
  public static void requireModule(TcbInfo info, TdReport report, CheckList checks)
      throws AttestationException {
    TdxModule wanted =
        version(report.teeTcbSvn()) == 0
            ? info.module().orElseThrow(() -> mismatch("a TCB info without a TDX module", "one"))
            : identity(info, report.teeTcbSvn());
    String name = wanted.id().isEmpty() ? "without identity" : wanted.id();
    checks.require(
        Arrays.equals(wanted.mrSigner(), report.mrSignerSeam()),
        "tdx-module-signer",
        Reason.TDX_MODULE_MISMATCH,
        "MRSIGNERSEAM of module " + name,
        "that of the TCB info");
    byte[] attributes = report.seamAttributes();
    checks.require(
        masked(attributes, wanted.attributesMask(), wanted.attributes()),
        "tdx-module-attributes",
        Reason.TDX_MODULE_MISMATCH,
        "SEAMATTRIBUTES of module " + name,
        "those of the TCB info");
  }

  /** The level of the module; empty for a module without identity, which the TCB levels cover. */
  static Optional<SoftwareLevel> level(TcbInfo info, byte[] teeTcbSvn) throws AttestationException {
    if (version(teeTcbSvn) == 0) {
      return Optional.empty();
    }
    TdxModule module = identity(info, teeTcbSvn);
    int isvSvn = Byte.toUnsignedInt(teeTcbSvn[0]);
    Optional<SoftwareLevel> level = SoftwareLevel.match(module.levels(), isvSvn);
    if (level.isEmpty()) {
      throw new AttestationException(
          Reason.NO_MATCHING_TCB_LEVEL,
          "tdx-module-level",
          module.id() + " with ISVSVN " + isvSvn + " reaches no level",
          "a level of the module");
    }
    return level;
  }

  static TdxModule identity(TcbInfo info, byte[] teeTcbSvn) throws AttestationException {
    String id = String.format(Locale.ROOT, "TDX_%02X", version(teeTcbSvn));
    return info.moduleIdentities().stream()
        .filter(module -> module.id().toUpperCase(Locale.ROOT).equals(id))
        .findFirst()
        .orElseThrow(() -> mismatch("module " + id, "a module that the TCB info names"));
  }

  static int version(byte[] teeTcbSvn) {
    return Byte.toUnsignedInt(teeTcbSvn[1]);
  }

  private static boolean masked(byte[] value, byte[] mask, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if ((value[i] & mask[i]) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static AttestationException mismatch(String seen, String wanted) {
    return new AttestationException(Reason.TDX_MODULE_MISMATCH, "tdx-module", seen, wanted);
  }
}
