package io.silenda.attest.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What evidence must be to be relied upon. Immutable; made by a {@link Builder}, from JSON ({@link
 * PolicyJson}) or from one line of text ({@link PolicyText}).
 *
 * <p>Strict where silent: debug mode, simulation, any status but {@code UpToDate}, any advisory,
 * everything unchecked, a missing nonce and a missing measurement are refused until the policy says
 * otherwise; {@code Revoked} is refused always.
 *
 * @param tees technologies that are accepted ({@link io.silenda.attest.Tee#code})
 * @param debugAllowed whether debuggable attesters pass
 * @param simulatedAllowed whether evidence without hardware passes
 * @param statuses accepted TCB statuses, by Intel's names
 * @param advisories advisories that may apply
 * @param measurements reference values by register, bytes as lower-case hex
 * @param measurementsAny whether registers without reference values pass
 * @param nonce the nonce, lower-case hex; one, any or none
 * @param platforms accepted chips or platforms
 * @param minimumTcb lowest accepted security version by component
 * @param evaluationFloor lowest accepted {@code tcbEvaluationDataNumber} of the collateral
 * @param maxEvidenceAge how old a signing time may be
 * @param maxCollateralAge how old the oldest part of the collateral may be
 * @param excused checks that may be left unmade or undecided
 * @param logRules registers that must be in a log
 */
public record Policy(
    Allowed tees,
    boolean debugAllowed,
    boolean simulatedAllowed,
    Allowed statuses,
    Allowed advisories,
    SortedMap<String, Allowed> measurements,
    boolean measurementsAny,
    Allowed nonce,
    Allowed platforms,
    SortedMap<String, Long> minimumTcb,
    OptionalLong evaluationFloor,
    Optional<Duration> maxEvidenceAge,
    Optional<Duration> maxCollateralAge,
    Allowed excused,
    List<LogRule> logRules) {
  /** Checks and copies the arguments. */
  public Policy {
    PolicyChecks.requireTees(tees);
    PolicyChecks.requireStatuses(statuses);
    PolicyChecks.requireNames("advisory", advisories);
    PolicyChecks.requireSomeNames("platform", platforms);
    PolicyChecks.requireNames("excuse", excused);
    PolicyChecks.requireNonce(nonce);
    measurements.forEach(
        (register, values) -> {
          PolicyChecks.requireName("register", register);
          PolicyChecks.requireSomeNames(register, values);
        });
    minimumTcb.forEach(
        (component, minimum) -> {
          PolicyChecks.requireName("component", component);
          PolicyChecks.requireMinimum(component, minimum);
        });
    evaluationFloor.ifPresent(floor -> PolicyChecks.requireMinimum("evaluation", floor));
    maxEvidenceAge.ifPresent(age -> PolicyChecks.requireAge("evidence", age));
    maxCollateralAge.ifPresent(age -> PolicyChecks.requireAge("collateral", age));
    measurements = Collections.unmodifiableSortedMap(new TreeMap<>(measurements));
    minimumTcb = Collections.unmodifiableSortedMap(new TreeMap<>(minimumTcb));
    logRules = List.copyOf(logRules);
  }

  /** Starts a policy for these technologies, strict in everything else. */
  public static Builder accepting(Allowed tees) {
    return new Builder(tees);
  }

  /** This policy with another nonce, lower-case hex: the one that was sent to the attester. */
  public Policy withNonce(String hex) {
    return toBuilder().nonce(hex).build();
  }

  /** A builder with everything this policy says. */
  public Builder toBuilder() {
    Builder builder = new Builder(tees);
    builder.debugAllowed = debugAllowed;
    builder.simulatedAllowed = simulatedAllowed;
    builder.statuses = statuses;
    builder.advisories = advisories;
    builder.measurements.putAll(measurements);
    builder.measurementsAny = measurementsAny;
    builder.nonce = nonce;
    builder.platforms = platforms;
    builder.minimumTcb.putAll(minimumTcb);
    builder.evaluationFloor = evaluationFloor;
    builder.maxEvidenceAge = maxEvidenceAge;
    builder.maxCollateralAge = maxCollateralAge;
    builder.excused = excused;
    builder.logRules.addAll(logRules);
    return builder;
  }

  /** Collects what a policy says. Not thread-safe. */
  public static final class Builder {
    private final Allowed tees;
    private boolean debugAllowed;
    private boolean simulatedAllowed;
    private Allowed statuses = Allowed.of("UpToDate");
    private Allowed advisories = Allowed.nothing();
    private final SortedMap<String, Allowed> measurements = new TreeMap<>();
    private boolean measurementsAny;
    private Allowed nonce = Allowed.nothing();
    private Allowed platforms = Allowed.anyValue();
    private final SortedMap<String, Long> minimumTcb = new TreeMap<>();
    private OptionalLong evaluationFloor = OptionalLong.empty();
    private Optional<Duration> maxEvidenceAge = Optional.empty();
    private Optional<Duration> maxCollateralAge = Optional.empty();
    private Allowed excused = Allowed.nothing();
    private final List<LogRule> logRules = new ArrayList<>();

    private Builder(Allowed tees) {
      this.tees = tees;
    }

    /** Lets debuggable attesters pass: their secrets are anybody's. */
    public Builder insecureAllowDebug() {
      debugAllowed = true;
      return this;
    }

    /** Lets evidence pass that no hardware stands behind. */
    public Builder insecureAllowSimulated() {
      simulatedAllowed = true;
      return this;
    }

    /** Accepts these TCB statuses instead of {@code UpToDate} alone. */
    public Builder statuses(Allowed statuses) {
      this.statuses = statuses;
      return this;
    }

    /** Accepts that these advisories apply. */
    public Builder advisories(Allowed advisories) {
      this.advisories = advisories;
      return this;
    }

    /** Sets the reference values of a register. */
    public Builder measurement(String register, Allowed values) {
      measurements.put(register, values);
      return this;
    }

    /** Lets any code pass whose registers have no reference values. */
    public Builder insecureAnyMeasurement() {
      measurementsAny = true;
      return this;
    }

    /** Demands this nonce, lower-case hex. */
    public Builder nonce(String hex) {
      nonce = Allowed.of(hex);
      return this;
    }

    /** Lets any nonce pass: evidence may be a replay. */
    public Builder insecureAnyNonce() {
      nonce = Allowed.anyValue();
      return this;
    }

    /** Accepts only these chips or platforms. */
    public Builder platforms(Allowed platforms) {
      this.platforms = platforms;
      return this;
    }

    /** Demands a security version of a component. */
    public Builder minimumTcb(String component, long version) {
      minimumTcb.put(component, version);
      return this;
    }

    /** Demands an evaluation data number of the collateral: refuses a rollback. */
    public Builder evaluationFloor(long number) {
      evaluationFloor = OptionalLong.of(number);
      return this;
    }

    /** Limits the age of the evidence's own signing time. */
    public Builder maxEvidenceAge(Duration age) {
      maxEvidenceAge = Optional.of(age);
      return this;
    }

    /** Limits the age of the collateral. */
    public Builder maxCollateralAge(Duration age) {
      maxCollateralAge = Optional.of(age);
      return this;
    }

    /** Lets these checks be left unmade or undecided. */
    public Builder excused(Allowed checks) {
      excused = checks;
      return this;
    }

    /** Demands that a register is in a log. */
    public Builder logRule(LogRule rule) {
      logRules.add(rule);
      return this;
    }

    /** The policy; {@link IllegalArgumentException} where a value has no meaning. */
    public Policy build() {
      return new Policy(
          tees,
          debugAllowed,
          simulatedAllowed,
          statuses,
          advisories,
          measurements,
          measurementsAny,
          nonce,
          platforms,
          minimumTcb,
          evaluationFloor,
          maxEvidenceAge,
          maxCollateralAge,
          excused,
          logRules);
    }
  }
}
