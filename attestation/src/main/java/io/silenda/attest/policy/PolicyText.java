package io.silenda.attest.policy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Policies as one line that can be read aloud: clauses, separated by semicolons. {@code accept}
 * comes first; no clause may come twice.
 *
 * <pre>
 * accept tdx or sgx            technologies
 * status UpToDate or ...       accepted TCB statuses
 * advisory INTEL-SA-00615      advisories that may apply
 * mrtd is 91eb... or 77aa...   reference values; also: rtmr3 is any
 * measurements any             registers without reference values pass (insecure)
 * nonce is 00ff...             also: nonce is any (insecure)
 * platform is 3ac3... or ...   chips
 * snp at least 22              lowest security version of a component
 * evaluation at least 17       lowest evaluation data number
 * evidence within 300 seconds  age of the signing time
 * collateral within 30 days    age of the collateral
 * excuse trailing-bytes        checks that may be left open
 * mrtd in log NAME with key .. a register that must be published
 * debug allowed                (insecure)
 * simulated allowed            (insecure)
 * </pre>
 */
public final class PolicyText {
  private static final int MAX_CHARACTERS = 1 << 20;
  private static final long SECONDS_A_DAY = 86_400;

  private PolicyText() {}

  /** Reads a policy; white space may be any, lines included. */
  public static Policy parse(String text) throws AttestationException {
    if (text.length() > MAX_CHARACTERS) {
      throw bad("a text of " + text.length() + " characters", "at most " + MAX_CHARACTERS);
    }
    List<List<String>> clauses = clauses(text);
    if (clauses.isEmpty() || !clauses.get(0).get(0).equals("accept")) {
      throw bad("a policy that starts with no accept clause", "accept tdx or sgx; ...");
    }
    try {
      List<String> first = clauses.get(0);
      Policy.Builder builder = Policy.accepting(values(first, 1));
      Set<String> seen = new HashSet<>();
      for (List<String> clause : clauses.subList(1, clauses.size())) {
        if (!seen.add(subject(clause))) {
          throw bad("two clauses about " + subject(clause), "one");
        }
        read(clause, builder);
      }
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()), "a policy");
    }
  }

  /** The canonical text of a policy; {@link #parse} gives the same policy. */
  public static String print(Policy policy) {
    List<String> clauses = new ArrayList<>();
    clauses.add("accept " + policy.tees());
    if (policy.debugAllowed()) {
      clauses.add("debug allowed");
    }
    if (policy.simulatedAllowed()) {
      clauses.add("simulated allowed");
    }
    clauses.add("status " + policy.statuses());
    if (!policy.advisories().isNothing()) {
      clauses.add("advisory " + policy.advisories());
    }
    policy.measurements().forEach((register, values) -> clauses.add(register + " is " + values));
    if (policy.measurementsAny()) {
      clauses.add("measurements any");
    }
    if (!policy.nonce().isNothing()) {
      clauses.add("nonce is " + policy.nonce());
    }
    if (!policy.platforms().anything()) {
      clauses.add("platform is " + policy.platforms());
    }
    policy.minimumTcb().forEach((name, minimum) -> clauses.add(name + " at least " + minimum));
    policy.evaluationFloor().ifPresent(floor -> clauses.add("evaluation at least " + floor));
    policy.maxEvidenceAge().ifPresent(age -> clauses.add("evidence within " + duration(age)));
    policy.maxCollateralAge().ifPresent(age -> clauses.add("collateral within " + duration(age)));
    if (!policy.excused().isNothing()) {
      clauses.add("excuse " + policy.excused());
    }
    policy.logRules().forEach(rule -> clauses.add(rule.toString()));
    return String.join("; ", clauses);
  }

  static String duration(Duration age) {
    long seconds = age.toSeconds();
    return seconds % SECONDS_A_DAY == 0 ? seconds / SECONDS_A_DAY + " days" : seconds + " seconds";
  }

  private static List<List<String>> clauses(String text) {
    List<List<String>> clauses = new ArrayList<>();
    for (String clause : text.split(";", -1)) {
      if (!clause.isBlank()) {
        clauses.add(Arrays.asList(clause.trim().split("\\s+", -1)));
      }
    }
    return clauses;
  }

  /** A log clause is about its log, all others are about what they begin with. */
  private static String subject(List<String> clause) {
    return clause.size() > 2 && clause.get(1).equals("in") ? clause.toString() : clause.get(0);
  }

  private static void read(List<String> clause, Policy.Builder builder)
      throws AttestationException {
    switch (clause.get(0)) {
      case "debug" -> {
        expect(clause, "debug", "allowed");
        builder.insecureAllowDebug();
      }
      case "simulated" -> {
        expect(clause, "simulated", "allowed");
        builder.insecureAllowSimulated();
      }
      case "measurements" -> {
        expect(clause, "measurements", "any");
        builder.insecureAnyMeasurement();
      }
      case "status" -> builder.statuses(values(clause, 1));
      case "advisory" -> builder.advisories(values(clause, 1));
      case "excuse" -> builder.excused(values(clause, 1));
      case "nonce" -> readNonce(clause, builder);
      case "platform" -> {
        expectWord(clause, 1, "is");
        builder.platforms(values(clause, 2));
      }
      case "evaluation" -> builder.evaluationFloor(minimum(clause));
      case "evidence" -> builder.maxEvidenceAge(age(clause));
      case "collateral" -> builder.maxCollateralAge(age(clause));
      default -> readNamed(clause, builder);
    }
  }

  private static void readNonce(List<String> clause, Policy.Builder builder)
      throws AttestationException {
    expectWord(clause, 1, "is");
    Allowed nonce = values(clause, 2);
    if (nonce.anything()) {
      builder.insecureAnyNonce();
    } else if (nonce.values().size() == 1) {
      builder.nonce(nonce.values().first());
    } else {
      throw bad(String.join(" ", clause), "one nonce");
    }
  }

  private static void readNamed(List<String> clause, Policy.Builder builder)
      throws AttestationException {
    String verb = clause.size() > 1 ? clause.get(1) : "";
    switch (verb) {
      case "is" -> builder.measurement(clause.get(0), values(clause, 2));
      case "at" -> builder.minimumTcb(clause.get(0), minimum(clause));
      case "in" -> {
        expectWord(clause, 2, "log");
        expectWord(clause, 4, "with");
        expectWord(clause, 5, "key");
        expectLength(clause, 7);
        builder.logRule(new LogRule(clause.get(0), clause.get(3), clause.get(6)));
      }
      default -> throw bad("clause \"" + String.join(" ", clause) + "\"", "a clause of policies");
    }
  }

  /** {@code any}, or values with {@code or} between them. */
  private static Allowed values(List<String> clause, int start) throws AttestationException {
    List<String> words = clause.subList(Math.min(start, clause.size()), clause.size());
    if (words.equals(List.of("any"))) {
      return Allowed.anyValue();
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (i % 2 == 1) {
        expectWord(clause, start + i, "or");
      } else if (words.get(i).equals("any") || words.get(i).equals("or")) {
        throw bad(String.join(" ", clause), "values with \"or\" between them, or \"any\"");
      } else {
        values.add(words.get(i));
      }
    }
    if (words.size() % 2 == 0) {
      throw bad(String.join(" ", clause), "values with \"or\" between them, or \"any\"");
    }
    return Allowed.of(values);
  }

  private static long minimum(List<String> clause) throws AttestationException {
    expectWord(clause, 1, "at");
    expectWord(clause, 2, "least");
    expectLength(clause, 4);
    return number(clause, 3);
  }

  private static Duration age(List<String> clause) throws AttestationException {
    expectWord(clause, 1, "within");
    expectLength(clause, 4);
    long unit =
        switch (clause.get(3)) {
          case "second", "seconds" -> 1;
          case "minute", "minutes" -> 60;
          case "hour", "hours" -> 3600;
          case "day", "days" -> SECONDS_A_DAY;
          default -> throw bad(clause.get(3), "seconds, minutes, hours or days");
        };
    return Duration.ofSeconds(number(clause, 2) * unit);
  }

  private static long number(List<String> clause, int index) throws AttestationException {
    String word = clause.get(index);
    if (!word.matches("[0-9]{1,10}")) {
      throw bad(String.join(" ", clause), "a number");
    }
    return Long.parseLong(word);
  }

  private static void expect(List<String> clause, String... words) throws AttestationException {
    for (int i = 0; i < words.length; i++) {
      expectWord(clause, i, words[i]);
    }
    expectLength(clause, words.length);
  }

  private static void expectWord(List<String> clause, int index, String word)
      throws AttestationException {
    if (clause.size() <= index || !clause.get(index).equals(word)) {
      throw bad(String.join(" ", clause), "\"" + word + "\" as word " + (index + 1));
    }
  }

  private static void expectLength(List<String> clause, int words) throws AttestationException {
    if (clause.size() != words) {
      throw bad(String.join(" ", clause), words + " words");
    }
  }

  private static AttestationException bad(String seen, String wanted) {
    return new AttestationException(Reason.BAD_POLICY, "policy", seen, wanted);
  }
}
