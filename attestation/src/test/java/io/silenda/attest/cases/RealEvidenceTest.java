package io.silenda.attest.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.DebugState;
import io.silenda.attest.verifier.EvidenceFormats;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case of real evidence that is not Intel's: verdict and measured values. Runs where that
 * folder is.
 */
class RealEvidenceTest {
  private static final Set<String> FOLDERS =
      Set.of("snp", "nitro", "cca", "psa", "azure-vtpm", "nvidia-gpu");

  @TestFactory
  List<DynamicTest> cases() {
    return EvidenceCase.folderIfPresent().map(EvidenceCase::readAll).orElse(List.of()).stream()
        .filter(c -> FOLDERS.contains(c.tee()))
        .map(c -> DynamicTest.dynamicTest(c.id(), () -> verify(c)))
        .toList();
  }

  private static void verify(EvidenceCase c) {
    CheckList checks = new CheckList();
    String seen;
    try {
      Claims claims = EvidenceFormats.all().verify(c.evidence(), c.context(), checks);
      seen = claims.debug() == DebugState.ON && !c.debugAllowed() ? "reject" : "accept";
      assertThat(claims.measured()).containsAllEntriesOf(c.measured());
    } catch (AttestationException refusal) {
      checks.add(refusal.check());
      seen = "reject";
    }
    if (!c.expected().equals("either")) {
      assertThat(seen).as("%s: %s", c.id(), checks.toList()).isEqualTo(c.expected());
    }
  }
}
