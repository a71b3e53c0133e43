package io.silenda.attest.intel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** TCB info and QE identity that fit the good quotes of {@link SyntheticIntel}. */
record SyntheticTcb(boolean tdx) {
  void fill(ObjectNode tcbInfo, ObjectNode qeIdentity) {
    tcbInfo.put("id", tdx ? "TDX" : "SGX").put("version", 3);
    dates(tcbInfo);
    tcbInfo.put("fmspc", "00906ED50000").put("pceId", "0000").put("tcbType", 0);
    tcbInfo.put("tcbEvaluationDataNumber", 19);
    if (tdx) {
      module(tcbInfo.putObject("tdxModule"));
      ObjectNode identity = tcbInfo.putArray("tdxModuleIdentities").addObject();
      identity.put("id", "TDX_01");
      module(identity);
      ArrayNode levels = identity.putArray("tcbLevels");
      software(levels.addObject(), 5, "UpToDate");
      software(levels.addObject(), 3, "OutOfDate").putArray("advisoryIDs").add("INTEL-SA-77777");
    }
    ArrayNode levels = tcbInfo.putArray("tcbLevels");
    level(levels.addObject(), 5, 10, "UpToDate");
    level(levels.addObject(), 3, 10, "OutOfDate").putArray("advisoryIDs").add("INTEL-SA-99999");

    qeIdentity.put("id", tdx ? "TD_QE" : "QE").put("version", 2);
    dates(qeIdentity);
    qeIdentity.put("tcbEvaluationDataNumber", 18);
    qeIdentity.put("miscselect", "00000000").put("miscselectMask", "FFFFFFFF");
    qeIdentity.put("attributes", "11000000000000000000000000000000");
    qeIdentity.put("attributesMask", "FBFFFFFFFFFFFFFF0000000000000000");
    qeIdentity.put("mrsigner", "cc".repeat(32)).put("isvprodid", tdx ? 2 : 1);
    ArrayNode qeLevels = qeIdentity.putArray("tcbLevels");
    software(qeLevels.addObject(), 8, "UpToDate");
    software(qeLevels.addObject(), 6, "OutOfDate").putArray("advisoryIDs").add("INTEL-SA-88888");
  }

  private static void dates(ObjectNode json) {
    json.put("issueDate", "2026-01-02T00:00:00Z").put("nextUpdate", "2026-01-31T00:00:00Z");
  }

  private static void module(ObjectNode json) {
    json.put("mrsigner", "00".repeat(48)).put("attributes", "00".repeat(8));
    json.put("attributesMask", "FF".repeat(8));
  }

  private static ObjectNode software(ObjectNode level, int isvSvn, String status) {
    level.putObject("tcb").put("isvsvn", isvSvn);
    return level.put("tcbDate", "2025-12-01T00:00:00Z").put("tcbStatus", status);
  }

  private ObjectNode level(ObjectNode level, int svn, int pceSvn, String status) {
    ObjectNode tcb = level.putObject("tcb");
    components(tcb.putArray("sgxtcbcomponents"), svn);
    tcb.put("pcesvn", pceSvn);
    if (tdx) {
      components(tcb.putArray("tdxtcbcomponents"), 0);
      ((ObjectNode) tcb.get("tdxtcbcomponents").get(2)).put("svn", svn);
    }
    return level.put("tcbDate", "2025-12-01T00:00:00Z").put("tcbStatus", status);
  }

  private static void components(ArrayNode components, int svn) {
    for (int i = 0; i < 16; i++) {
      components.addObject().put("svn", svn);
    }
  }
}
