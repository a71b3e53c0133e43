package io.silenda.attest.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.JsonObject;
import io.silenda.attest.encoding.StrictJson;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Policies as JSON. Every list may be {@code ["any"]} instead. Members that are not known are
 * refused: a misspelt one would make a policy weaker than it looks.
 */
public final class PolicyJson {
  private static final long MAX_NUMBER = 0xffff_ffffL;
  private static final Set<String> MEMBERS =
      new TreeSet<>(
          List.of(
              "accept",
              "debug_allowed",
              "simulated_allowed",
              "status",
              "advisory",
              "measurements",
              "measurements_any",
              "nonce",
              "platform",
              "minimum",
              "evaluation",
              "evidence_within_seconds",
              "collateral_within_seconds",
              "excuse",
              "log"));

  private PolicyJson() {}

  /** Reads a policy. */
  public static Policy parse(byte[] json) throws AttestationException {
    try {
      JsonObject object = StrictJson.parseObject("policy", json);
      object.onlyMembers(MEMBERS);
      return read(object);
    } catch (AttestationException e) {
      throw bad(e.check().seen(), e.check().wanted());
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()), "a policy");
    }
  }

  private static Policy read(JsonObject json) throws AttestationException {
    Policy.Builder builder = Policy.accepting(allowed(json, "accept"));
    if (json.has("debug_allowed") && json.bool("debug_allowed")) {
      builder.insecureAllowDebug();
    }
    if (json.has("simulated_allowed") && json.bool("simulated_allowed")) {
      builder.insecureAllowSimulated();
    }
    if (json.has("status")) {
      builder.statuses(allowed(json, "status"));
    }
    if (json.has("advisory")) {
      builder.advisories(allowed(json, "advisory"));
    }
    readMeasurements(json, builder);
    if (json.has("platform")) {
      builder.platforms(allowed(json, "platform"));
    }
    if (json.has("excuse")) {
      builder.excused(allowed(json, "excuse"));
    }
    readNumbers(json, builder);
    if (json.has("log")) {
      for (JsonObject rule : json.objects("log")) {
        rule.onlyMembers(new TreeSet<>(List.of("register", "origin", "key")));
        builder.logRule(new LogRule(rule.text("register"), rule.text("origin"), rule.text("key")));
      }
    }
    return builder.build();
  }

  private static void readMeasurements(JsonObject json, Policy.Builder builder)
      throws AttestationException {
    if (json.has("measurements")) {
      JsonObject registers = json.object("measurements");
      for (String register : registers.names()) {
        builder.measurement(register, allowed(registers, register));
      }
    }
    if (json.has("measurements_any") && json.bool("measurements_any")) {
      builder.insecureAnyMeasurement();
    }
    if (json.has("nonce")) {
      String nonce = json.text("nonce");
      if (nonce.equals("any")) {
        builder.insecureAnyNonce();
      } else {
        builder.nonce(nonce);
      }
    }
  }

  private static void readNumbers(JsonObject json, Policy.Builder builder)
      throws AttestationException {
    if (json.has("minimum")) {
      JsonObject components = json.object("minimum");
      for (String component : components.names()) {
        builder.minimumTcb(component, components.integer(component, 0, MAX_NUMBER));
      }
    }
    if (json.has("evaluation")) {
      builder.evaluationFloor(json.integer("evaluation", 0, MAX_NUMBER));
    }
    if (json.has("evidence_within_seconds")) {
      builder.maxEvidenceAge(seconds(json, "evidence_within_seconds"));
    }
    if (json.has("collateral_within_seconds")) {
      builder.maxCollateralAge(seconds(json, "collateral_within_seconds"));
    }
  }

  private static Duration seconds(JsonObject json, String name) throws AttestationException {
    return Duration.ofSeconds(json.integer(name, 1, MAX_NUMBER * 86_400));
  }

  private static Allowed allowed(JsonObject json, String name) throws AttestationException {
    List<String> values = json.texts(name);
    if (values.equals(List.of("any"))) {
      return Allowed.anyValue();
    }
    if (values.isEmpty()) {
      throw bad(json.path() + "." + name + " is empty", "at least one value");
    }
    return Allowed.of(values);
  }

  /** The canonical JSON of a policy on one line; {@link #parse} gives the same policy. */
  public static String print(Policy policy) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("accept", array(policy.tees()));
    if (policy.debugAllowed()) {
      json.put("debug_allowed", true);
    }
    if (policy.simulatedAllowed()) {
      json.put("simulated_allowed", true);
    }
    json.set("status", array(policy.statuses()));
    putUnlessNothing(json, "advisory", policy.advisories());
    if (!policy.measurements().isEmpty()) {
      ObjectNode registers = json.putObject("measurements");
      policy.measurements().forEach((name, values) -> registers.set(name, array(values)));
    }
    if (policy.measurementsAny()) {
      json.put("measurements_any", true);
    }
    if (!policy.nonce().isNothing()) {
      json.put("nonce", policy.nonce().toString());
    }
    if (!policy.platforms().anything()) {
      json.set("platform", array(policy.platforms()));
    }
    printNumbers(policy, json);
    putUnlessNothing(json, "excuse", policy.excused());
    if (!policy.logRules().isEmpty()) {
      ArrayNode rules = json.putArray("log");
      for (LogRule rule : policy.logRules()) {
        rules
            .addObject()
            .put("register", rule.register())
            .put("origin", rule.origin())
            .put("key", rule.publicKey());
      }
    }
    return json.toString();
  }

  private static void printNumbers(Policy policy, ObjectNode json) {
    if (!policy.minimumTcb().isEmpty()) {
      ObjectNode components = json.putObject("minimum");
      policy.minimumTcb().forEach(components::put);
    }
    policy.evaluationFloor().ifPresent(floor -> json.put("evaluation", floor));
    policy.maxEvidenceAge().ifPresent(age -> json.put("evidence_within_seconds", age.toSeconds()));
    policy
        .maxCollateralAge()
        .ifPresent(age -> json.put("collateral_within_seconds", age.toSeconds()));
  }

  private static void putUnlessNothing(ObjectNode json, String name, Allowed allowed) {
    if (!allowed.isNothing()) {
      json.set(name, array(allowed));
    }
  }

  private static ArrayNode array(Allowed allowed) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    if (allowed.anything()) {
      array.add("any");
    }
    allowed.values().forEach(array::add);
    return array;
  }

  private static AttestationException bad(String seen, String wanted) {
    return new AttestationException(Reason.BAD_POLICY, "policy", seen, wanted);
  }
}
