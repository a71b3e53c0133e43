package io.silenda.dp.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.silenda.dp.accounting.PrivacyEvent.ApproximateDp;
import io.silenda.dp.accounting.PrivacyEvent.BandedMatrix;
import io.silenda.dp.accounting.PrivacyEvent.Composed;
import io.silenda.dp.accounting.PrivacyEvent.DiscreteGaussian;
import io.silenda.dp.accounting.PrivacyEvent.DiscreteLaplace;
import io.silenda.dp.accounting.PrivacyEvent.FixedBatch;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.Laplace;
import io.silenda.dp.accounting.PrivacyEvent.MatrixMechanism;
import io.silenda.dp.accounting.PrivacyEvent.PoissonSampled;
import io.silenda.dp.accounting.PrivacyEvent.RepeatAndSelect;
import io.silenda.dp.accounting.PrivacyEvent.ShuffledEpoch;
import io.silenda.dp.accounting.PrivacyEvent.TreeAggregation;
import io.silenda.dp.accounting.PrivacyEvent.TruncatedPoisson;
import io.silenda.dp.accounting.PrivacyEvent.UserLevelPoisson;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTextTest {
  private static final Gaussian NOISE = new Gaussian(1.0 / 3);

  static final List<PrivacyEvent> ONE_OF_EACH =
      List.of(
          NOISE,
          new Laplace(2),
          new DiscreteGaussian(3, 2),
          new DiscreteLaplace(0.1, 1),
          new PoissonSampled(0.01, new Laplace(0.5)),
          new TruncatedPoisson(0.01, 20, 1000, NOISE),
          new FixedBatch(10, 1000, NOISE),
          new ShuffledEpoch(NOISE),
          new UserLevelPoisson(0.1, 3, NOISE),
          new TreeAggregation(NOISE, 1000),
          new MatrixMechanism(NOISE),
          new BandedMatrix(0.1, 8, 1000, NOISE),
          new ApproximateDp(0.5, 1e-9),
          new RepeatAndSelect(NOISE.times(7), 10, Double.POSITIVE_INFINITY),
          NOISE.times(1_000_000_000_000L));

  @Test
  void everyEventSurvivesTheWayToTextAndBack() {
    for (PrivacyEvent event : ONE_OF_EACH) {
      assertThat(EventText.parse(EventText.format(event))).isEqualTo(event);
    }
    PrivacyEvent all = new Composed(ONE_OF_EACH);
    assertThat(EventText.parse(EventText.format(all))).isEqualTo(all);
    // A new kind of event has to be added to the list above, and with it to the parser.
    assertThat(ONE_OF_EACH.stream().map(Object::getClass).distinct().count() + 1)
        .isEqualTo(kinds(PrivacyEvent.class));
  }

  @Test
  void whatIsNoEventIsRefused() {
    for (String text :
        List.of(
            "",
            "Gaussian",
            "Gaussian(",
            "Gaussian()",
            "Gaussian(1",
            "Gaussian(1))",
            "Gaussian(1,2)",
            "Gaussian(-1)",
            "Gaussian(NaN)",
            "Magic(1)",
            "Repeated(Gaussian(1),0)",
            "Repeated(Gaussian(1),99999999999999999999)",
            "DiscreteGaussian(1,4294967297)",
            "PoissonSampled(0.1,ShuffledEpoch(Gaussian(1)))",
            "Composed()",
            "Repeated(".repeat(1000) + "Gaussian(1)" + ",2)".repeat(1000))) {
      assertThatIllegalArgumentException().as(text).isThrownBy(() -> EventText.parse(text));
    }
  }

  private static long kinds(Class<?> type) {
    long kinds = 0;
    for (Class<?> each : type.getPermittedSubclasses()) {
      kinds += each.isRecord() ? 1 : kinds(each);
    }
    return kinds;
  }
}
