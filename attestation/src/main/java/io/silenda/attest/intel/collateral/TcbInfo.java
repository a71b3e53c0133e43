package io.silenda.attest.intel.collateral;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.JsonObject;
import io.silenda.attest.encoding.StrictJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * TCB levels of the platforms that share an FMSPC (Intel PCS API, "Get TCB Info"), versions 2 and
 * 3.
 *
 * @param version 2 (SGX only) or 3
 * @param id {@code SGX} or {@code TDX}
 * @param issueDate when it was issued
 * @param nextUpdate until when it is current
 * @param fmspc family, model, stepping, platform type and custom SKU: 6 bytes
 * @param pceId provisioning certification enclave: 2 bytes
 * @param evaluationDataNumber grows with every TCB recovery
 * @param module the TDX module without an identity of its own; for TDX
 * @param moduleIdentities the TDX modules that have one
 * @param levels levels, highest first
 */
public record TcbInfo(
    int version,
    String id,
    Instant issueDate,
    Instant nextUpdate,
    byte[] fmspc,
    byte[] pceId,
    long evaluationDataNumber,
    Optional<TdxModule> module,
    List<TdxModule> moduleIdentities,
    List<TcbLevel> levels) {
  /** Of a TCB info for SGX. */
  public static final String SGX = "SGX";

  /** Of a TCB info for TDX. */
  public static final String TDX = "TDX";

  /** Reads the signed text. */
  public static TcbInfo parse(String text) throws AttestationException {
    JsonObject json = StrictJson.parseObject("tcb_info", text);
    int version = (int) json.integer("version", 0, Integer.MAX_VALUE);
    if (version != 2 && version != 3) {
      throw bad("version " + version, "version 2 or 3");
    }
    String id = version == 2 ? SGX : json.text("id");
    boolean tdx = id.equals(TDX);
    if (!tdx && !id.equals(SGX)) {
      throw bad("id " + id, "SGX or TDX");
    }
    // 0 is the only composition of CPUSVN from components that Intel has defined.
    json.integer("tcbType", 0, 0);
    return new TcbInfo(
        version,
        id,
        json.instant("issueDate"),
        json.instant("nextUpdate"),
        json.hex("fmspc", 6),
        json.hex("pceId", 2),
        json.integer("tcbEvaluationDataNumber", 0, Integer.MAX_VALUE),
        tdx ? Optional.of(TdxModule.readPlain(json.object("tdxModule"))) : Optional.empty(),
        tdx ? TdxModule.readIdentities(json) : List.of(),
        levels(json, version, tdx));
  }

  private static List<TcbLevel> levels(JsonObject json, int version, boolean tdx)
      throws AttestationException {
    List<TcbLevel> levels = new ArrayList<>();
    for (JsonObject level : json.objects("tcbLevels")) {
      levels.add(TcbLevel.read(level, version, tdx));
    }
    return List.copyOf(levels);
  }

  static AttestationException bad(String seen, String wanted) {
    return new AttestationException(Reason.TCB_INFO_TYPE, "tcb-info", seen, wanted);
  }
}
