package io.silenda.attest.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.Check;
import io.silenda.attest.Reason;
import io.silenda.attest.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final String FORGED = "x\nFORGED\u001b[2K\u202e";

  @Test
  void evidenceWritesNoLinesOfItsOwn() {
    Verdict verdict =
        new Verdict(
            "format",
            false,
            Reason.BAD_FIELD,
            FORGED,
            List.of(Check.failed("check", Reason.BAD_FIELD, FORGED, FORGED)),
            Optional.empty(),
            new TreeSet<>(),
            Map.of("register", FORGED),
            false);
    assertThat(Explanation.line(verdict)).isEqualTo("reject: bad-field: x?FORGED?[2K?");
    assertThat(Explanation.full(verdict)).doesNotContain("\u001b", "\u202e", "\nFORGED");
  }
}
