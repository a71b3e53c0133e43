package io.silenda.dp.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.audit.AuditResult;
import io.silenda.dp.job.TrainingJob;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;
import io.silenda.dp.run.JobFixture;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCardTest {
  private static final String DIGEST = "d1".repeat(32);
  private static final int ROWS = 31337;

  @TempDir private Path folder;

  @Test
  void saysTheGuaranteeInWordsAndNumbers() throws Exception {
    String card = ModelCard.markdown(result(true));
    assertThat(card)
        .contains("(2.971, 1.00e-05)-differentially private under add-remove")
        .contains("one record more or less", "at most 19.5 % true positives at 1 % false positives")
        .contains("| accountant | pld |", "| sampling | poisson |", "| sampling rate | 0.1000 |")
        .contains("epsilon is at least 0.125 at 95 % confidence; claimed 2.970: not refuted")
        .contains("accuracy 0.8125 on rows that were declared public");
  }

  /** Not one figure of the local part, not even in another spelling, is on the card. */
  @Test
  void nothingLocalEntersTheCard() throws Exception {
    JobResult result = result(true);
    String card =
        ModelCard.markdown(result)
            + new ObjectMapper().writeValueAsString(ModelCard.members(result));
    assertThat(card)
        .doesNotContain(DIGEST, "31337", "0.4242", "0.9191", "7.7777", "rejected", "seconds");
    String report = LocalReport.html(result);
    assertThat(report).contains(DIGEST, "31337", "0.4242", "0.9191", "7.7777");
    assertThat(report).contains("local, not private").contains("<svg");
  }

  @Test
  void theReportLoadsNothing() throws Exception {
    String report = LocalReport.html(result(true));
    assertThat(
            report.replaceAll("xmlns(:[a-z]+)?=\"[^\"]*\"", "").replaceAll("<!DOCTYPE[^>]*>", ""))
        .doesNotContain("http://", "https://", "<script", "<link", "src=");
  }

  @Test
  void aTestSeedIsNeverCalledPrivate() throws Exception {
    String card = ModelCard.markdown(result(false));
    assertThat(card).contains("NOT PRIVATE: test seed", "protects nobody");
    assertThat(ModelCard.members(result(false)).toString()).contains("private=false");
  }

  @Test
  void epsilonIsNeverRoundedDown() {
    assertThat(RunGuarantee.roundedUp(2.97041)).isEqualTo(2.971);
    assertThat(RunGuarantee.roundedUp(0)).isZero();
  }

  @Test
  void boundsOfMembershipTestsAreThoseOfTheDefinition() {
    assertThat(Words.largestTruePositiveRate(0.01, 0, 0)).isCloseTo(0.01, within(1e-12));
    assertThat(Words.largestTruePositiveRate(0.01, 1, 0)).isCloseTo(0.0271828, within(1e-6));
    assertThat(Words.largestTruePositiveRate(0.5, 3, 0))
        .isCloseTo(1 - Math.exp(-3) * 0.5, within(1e-12));
  }

  private JobResult result(boolean secret) throws Exception {
    TrainingJob job = TrainingJob.read(JobFixture.write(folder, "two clouds", "two clouds"));
    LocalHistory history = new LocalHistory();
    history.step(1, 0.9, 40, 0);
    history.step(2, 0.4242, 41, 0);
    history.spent(2, 2.9704);
    return new JobResult(
        job,
        new NetworkSpec(TensorShape.of(2), job.layers()),
        Optional.empty(),
        new byte[] {1, 2, 3},
        1.25,
        new RunGuarantee(2.9704, 1e-5, Adjacency.ADD_REMOVE, 60, secret),
        OptionalDouble.of(0.8125),
        Optional.of(new AuditResult(1000, 100, 60, 0.125, 0.95)),
        new JobResult.LocalFigures(ROWS, DIGEST, 0.9191, history, Optional.empty(), 7.7777));
  }
}
