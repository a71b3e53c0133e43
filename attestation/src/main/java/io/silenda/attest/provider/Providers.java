package io.silenda.attest.provider;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Providers in the order of preference. Nothing is added to the list behind the caller's back: a
 * simulated provider is in it only where the caller put it there. Immutable and thread-safe.
 */
public final class Providers {
  private final List<EvidenceProvider> inOrder;

  /** These providers, the most wanted first. */
  public Providers(List<EvidenceProvider> inOrder) {
    this.inOrder = List.copyOf(inOrder);
  }

  /**
   * What one provider found.
   *
   * @param provider who was asked
   * @param probe what it said
   */
  public record Finding(EvidenceProvider provider, Probe probe) {
    /** Whether it can be asked for evidence. */
    public boolean isPresent() {
      return probe instanceof Probe.Present;
    }
  }

  /** These providers, and then others. */
  public Providers and(List<EvidenceProvider> others) {
    List<EvidenceProvider> all = new ArrayList<>(inOrder);
    all.addAll(others);
    return new Providers(all);
  }

  /** Asks every provider, in order. */
  public List<Finding> probe() {
    return inOrder.stream().map(provider -> new Finding(provider, provider.probe())).toList();
  }

  /**
   * Evidence from the first provider that is present. Where that one fails, no other is asked: a
   * fault must not turn into evidence of a weaker technology.
   *
   * @throws AttestationException {@link Reason#PROVIDER_ABSENT} with every provider's reason where
   *     none is present, or what the provider threw
   */
  public Evidence provide(byte[] reportData) throws AttestationException {
    return first().provide(reportData);
  }

  /**
   * The first provider that is present.
   *
   * @throws AttestationException {@link Reason#PROVIDER_ABSENT} with every provider's reason
   */
  public EvidenceProvider first() throws AttestationException {
    List<Finding> findings = probe();
    return findings.stream()
        .filter(Finding::isPresent)
        .map(Finding::provider)
        .findFirst()
        .orElseThrow(
            () ->
                new AttestationException(
                    Reason.PROVIDER_ABSENT,
                    "provider",
                    findings.stream().map(Providers::describe).collect(Collectors.joining("; ")),
                    "a technology that can attest this machine"));
  }

  private static String describe(Finding finding) {
    String said = finding.probe() instanceof Probe.Absent absent ? absent.reason() : "present";
    return finding.provider().name() + ": " + said;
  }
}
