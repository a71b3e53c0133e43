package io.silenda.attest.intel.collateral;

import io.silenda.attest.AttestationException;
import io.silenda.attest.TcbStatus;
import io.silenda.attest.encoding.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A level of a platform.
 *
 * @param sgxComponents the lowest security versions of the 16 SGX components
 * @param pceSvn the lowest security version of the provisioning certification enclave
 * @param tdxComponents the lowest security versions of the 16 TDX components; empty for SGX
 * @param status its status
 * @param advisoryIds advisories that apply to it
 */
public record TcbLevel(
    List<Integer> sgxComponents,
    int pceSvn,
    List<Integer> tdxComponents,
    TcbStatus status,
    List<String> advisoryIds) {
  /** Components of either kind. */
  static final int COMPONENTS = 16;

  static TcbLevel read(JsonObject level, int version, boolean tdx) throws AttestationException {
    JsonObject tcb = level.object("tcb");
    return new TcbLevel(
        version == 2 ? numbered(tcb) : components(tcb, "sgxtcbcomponents"),
        (int) tcb.integer("pcesvn", 0, 65535),
        tdx ? components(tcb, "tdxtcbcomponents") : List.of(),
        Statuses.status(level, Statuses.OF_PLATFORM),
        Statuses.advisories(level));
  }

  private static List<Integer> components(JsonObject tcb, String name) throws AttestationException {
    List<Integer> svns = new ArrayList<>();
    for (JsonObject component : tcb.objects(name)) {
      svns.add((int) component.integer("svn", 0, 255));
    }
    if (svns.size() != COMPONENTS) {
      throw TcbInfo.bad(
          tcb.path() + "." + name + " has " + svns.size(), COMPONENTS + " components");
    }
    return List.copyOf(svns);
  }

  /** Version 2 of the TCB info: {@code sgxtcbcomp01svn} to {@code sgxtcbcomp16svn}. */
  private static List<Integer> numbered(JsonObject tcb) throws AttestationException {
    List<Integer> svns = new ArrayList<>();
    for (int i = 1; i <= COMPONENTS; i++) {
      svns.add((int) tcb.integer(String.format(Locale.ROOT, "sgxtcbcomp%02dsvn", i), 0, 255));
    }
    return List.copyOf(svns);
  }
}
