package io.silenda.attest;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a verification has proven about an attester. Immutable; made by a {@link Builder}. */
public final class Claims {
  private final Builder values;

  private Claims(Builder values) {
    this.values = values;
  }

  /** Starts the claims of evidence in {@code format}. */
  public static Builder builder(Tee tee, String format) {
    return new Builder(tee, format);
  }

  /** What made the evidence. */
  public Tee tee() {
    return values.tee;
  }

  /** The format of the evidence. */
  public String format() {
    return values.format;
  }

  /**
   * Measured registers and fields by name, in the order of the evidence; bytes as lower-case hex.
   */
  public Map<String, String> measured() {
    return new LinkedHashMap<>(values.measured);
  }

  /** Whether the attester can be debugged. */
  public DebugState debug() {
    return values.debug;
  }

  /** Whether no hardware stands behind the evidence. */
  public boolean simulated() {
    return values.simulated;
  }

  /** The evaluated status; empty where the technology has none or the mode did not ask for it. */
  public Optional<TcbStatus> tcbStatus() {
    return Optional.ofNullable(values.tcbStatus);
  }

  /** Advisories that apply at the evaluated level, from every component. */
  public SortedSet<String> advisoryIds() {
    return new TreeSet<>(values.advisoryIds);
  }

  /** Security version numbers by component, for policies that set a minimum. */
  public SortedMap<String, Long> tcbComponents() {
    return new TreeMap<>(values.tcbComponents);
  }

  /**
   * The field in which the caller's nonce or key binding stands, as hex; empty if there is none.
   */
  public Optional<String> nonce() {
    return Optional.ofNullable(values.nonce);
  }

  /** Identifier of the chip or platform (PPID, chip id, module id), as hex where it is bytes. */
  public Optional<String> platformId() {
    return Optional.ofNullable(values.platformId);
  }

  /** When the attester signed, where the evidence says so. */
  public Optional<Instant> issuedAt() {
    return Optional.ofNullable(values.issuedAt);
  }

  /** When the oldest endorsement with a date was issued. */
  public Optional<Instant> collateralIssuedAt() {
    return Optional.ofNullable(values.collateralIssuedAt);
  }

  /** The lowest evaluation data number of the collateral (Intel). */
  public OptionalLong tcbEvaluationDataNumber() {
    return values.evaluationNumber;
  }

  /** Collects claims. Not thread-safe. */
  public static final class Builder {
    private final Tee tee;
    private final String format;
    private final Map<String, String> measured = new LinkedHashMap<>();
    private final SortedSet<String> advisoryIds = new TreeSet<>();
    private final SortedMap<String, Long> tcbComponents = new TreeMap<>();
    private DebugState debug = DebugState.UNKNOWN;
    private boolean simulated;
    private @Nullable TcbStatus tcbStatus;
    private @Nullable String nonce;
    private @Nullable String platformId;
    private @Nullable Instant issuedAt;
    private @Nullable Instant collateralIssuedAt;
    private OptionalLong evaluationNumber = OptionalLong.empty();

    private Builder(Tee tee, String format) {
      this.tee = tee;
      this.format = format;
    }

    private Builder(Builder other) {
      this(other.tee, other.format);
      measured.putAll(other.measured);
      advisoryIds.addAll(other.advisoryIds);
      tcbComponents.putAll(other.tcbComponents);
      debug = other.debug;
      simulated = other.simulated;
      tcbStatus = other.tcbStatus;
      nonce = other.nonce;
      platformId = other.platformId;
      issuedAt = other.issuedAt;
      collateralIssuedAt = other.collateralIssuedAt;
      evaluationNumber = other.evaluationNumber;
    }

    /** Adds a measured register or field. */
    public Builder measured(String name, String value) {
      measured.put(name, value);
      return this;
    }

    /** Says whether the attester can be debugged; unknown if never said. */
    public Builder debug(DebugState debug) {
      this.debug = debug;
      return this;
    }

    /** Says that no hardware stands behind the evidence. */
    public Builder simulated(boolean simulated) {
      this.simulated = simulated;
      return this;
    }

    /** Sets the evaluated TCB status. */
    public Builder tcbStatus(TcbStatus status) {
      tcbStatus = Objects.requireNonNull(status);
      return this;
    }

    /** Adds an advisory. */
    public Builder advisory(String id) {
      advisoryIds.add(id);
      return this;
    }

    /** Adds a security version number. */
    public Builder tcbComponent(String name, long version) {
      tcbComponents.put(name, version);
      return this;
    }

    /** Sets the field that carries the caller's nonce, as lower-case hex. */
    public Builder nonce(String hex) {
      nonce = hex;
      return this;
    }

    /** Sets the identifier of the chip or platform. */
    public Builder platformId(String id) {
      platformId = id;
      return this;
    }

    /** Sets when the attester signed. */
    public Builder issuedAt(Instant time) {
      issuedAt = time;
      return this;
    }

    /** Notes when an endorsement was issued; the oldest counts. */
    public Builder collateralIssuedAt(Instant time) {
      if (collateralIssuedAt == null || time.isBefore(collateralIssuedAt)) {
        collateralIssuedAt = time;
      }
      return this;
    }

    /** Notes an evaluation data number of the collateral; the lowest counts. */
    public Builder tcbEvaluationDataNumber(long number) {
      evaluationNumber = OptionalLong.of(Math.min(number, evaluationNumber.orElse(number)));
      return this;
    }

    /** The claims so far. */
    public Claims build() {
      return new Claims(new Builder(this));
    }
  }
}
