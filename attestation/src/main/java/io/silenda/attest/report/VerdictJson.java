package io.silenda.attest.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.silenda.attest.Check;
import io.silenda.attest.Verdict;

/** A verdict as the command line prints it. */
public final class VerdictJson {
  private VerdictJson() {}

  /**
   * Members {@code id}, {@code verdict}, {@code reason}, {@code explanation}, {@code simulated},
   * {@code checks}, {@code tcb_status}, {@code advisory_ids}, {@code measured}; {@code tcb_status}
   * is null where there is none.
   */
  public static ObjectNode of(String id, Verdict verdict) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id);
    json.put("verdict", verdict.accepted() ? "accept" : "reject");
    json.put("reason", verdict.reason().code());
    json.put("explanation", verdict.explanation());
    json.put("simulated", verdict.simulated());
    json.set("checks", checks(verdict));
    json.put("tcb_status", verdict.tcbStatus().map(status -> status.code()).orElse(null));
    ArrayNode advisories = json.putArray("advisory_ids");
    verdict.advisoryIds().forEach(advisories::add);
    ObjectNode measured = json.putObject("measured");
    verdict.measured().forEach(measured::put);
    return json;
  }

  private static ArrayNode checks(Verdict verdict) {
    ArrayNode checks = JsonNodeFactory.instance.arrayNode();
    for (Check check : verdict.checks()) {
      checks
          .addObject()
          .put("check", check.name())
          .put("outcome", check.outcome().code())
          .put("reason", check.reason().code())
          .put("seen", check.seen())
          .put("wanted", check.wanted());
    }
    return checks;
  }
}
