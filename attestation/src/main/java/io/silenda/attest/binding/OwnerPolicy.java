package io.silenda.attest.binding;

import io.silenda.attest.cbor.CborEncoder;
import io.silenda.attest.encoding.Digests;
import io.silenda.attest.log.LogBundle;
import io.silenda.attest.pki.TrustAnchor;
import io.silenda.attest.policy.Allowed;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.policy.PolicyText;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an owner wants of a worker before a secret goes there: an appraisal policy for its evidence,
 * and digests of what it runs. Strict where silent: a digest that is not listed is refused.
 * Immutable; made by a {@link Builder}.
 */
public final class OwnerPolicy {
  private final Builder values;

  private OwnerPolicy(Builder values) {
    this.values = values;
  }

  /** Starts a policy; the nonce of {@code appraisal} is ignored, a fresh one is always demanded. */
  public static Builder builder(Policy appraisal) {
    return new Builder(appraisal);
  }

  /** The policy for evidence. */
  public Policy appraisal() {
    return values.appraisal;
  }

  /** Accepted worker digests, lower-case hex. */
  public Allowed workers() {
    return values.workers;
  }

  /** Accepted model digests, lower-case hex. */
  public Allowed models() {
    return values.models;
  }

  /** Accepted digests of workers' own policies, lower-case hex. */
  public Allowed workerPolicies() {
    return values.workerPolicies;
  }

  /** Roots to trust instead of the vendors' own. */
  public Optional<List<TrustAnchor>> anchors() {
    return values.anchors;
  }

  /** Proofs for the log rules of the appraisal policy. */
  public List<LogBundle> published() {
    return values.published;
  }

  /**
   * SHA-256 over everything the policy says but roots and log proofs, which are files of the
   * verifier.
   */
  public byte[] digest() {
    return Digests.SHA_256.hash(
        new CborEncoder()
            .array(5)
            .text("silenda owner policy v1")
            .text(PolicyText.print(values.appraisal))
            .text(values.workers.toString())
            .text(values.models.toString())
            .text(values.workerPolicies.toString())
            .toBytes());
  }

  /** Collects what a policy says. Not thread-safe. */
  public static final class Builder {
    private final Policy appraisal;
    private Allowed workers = Allowed.nothing();
    private Allowed models = Allowed.nothing();
    private Allowed workerPolicies = Allowed.nothing();
    private Optional<List<TrustAnchor>> anchors = Optional.empty();
    private List<LogBundle> published = List.of();

    private Builder(Policy appraisal) {
      this.appraisal = appraisal;
    }

    private Builder(Builder other) {
      this(other.appraisal);
      workers = other.workers;
      models = other.models;
      workerPolicies = other.workerPolicies;
      anchors = other.anchors;
      published = other.published;
    }

    /** Accepts workers of these digests, hex. */
    public Builder workers(String... hex) {
      workers = digests("workers", hex);
      return this;
    }

    /** Accepts models of these digests, hex. */
    public Builder models(String... hex) {
      models = digests("models", hex);
      return this;
    }

    /** Accepts workers whose own policy has one of these digests, hex. */
    public Builder workerPolicies(String... hex) {
      workerPolicies = digests("workerPolicies", hex);
      return this;
    }

    /** Lets any worker pass that the evidence passes for: its digest is then nobody's. */
    public Builder insecureAnyWorker() {
      workers = Allowed.anyValue();
      return this;
    }

    /** Lets any model pass. */
    public Builder insecureAnyModel() {
      models = Allowed.anyValue();
      return this;
    }

    /** Lets workers pass whatever they are allowed to do. */
    public Builder insecureAnyWorkerPolicy() {
      workerPolicies = Allowed.anyValue();
      return this;
    }

    /** Trusts these roots instead of the vendors' own. */
    public Builder anchors(List<TrustAnchor> roots) {
      anchors = Optional.of(List.copyOf(roots));
      return this;
    }

    /** Gives proofs for the log rules. */
    public Builder published(List<LogBundle> bundles) {
      published = List.copyOf(bundles);
      return this;
    }

    /** The policy. */
    public OwnerPolicy build() {
      return new OwnerPolicy(new Builder(this));
    }

    private static Allowed digests(String parameter, String... hex) {
      for (String digest : hex) {
        try {
          HexFormat.of().parseHex(digest);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(parameter + ": " + digest + ", must be hex", e);
        }
      }
      return Allowed.of(List.of(hex).stream().map(d -> d.toLowerCase(Locale.ROOT)).toList());
    }
  }
}
