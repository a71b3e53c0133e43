package io.silenda.dp.audit;

import java.util.Locale;

/**
 * What a membership inference reached. Local, not private: the models behind it saw private rows
 * and were charged to nobody.
 *
 * @param shadowModels models that showed how scores are spread
 * @param records records that were attacked
 * @param areaUnderCurve 0.5 is chance
 * @param truePositiveRate at one false positive in a hundred
 */
public record MembershipResult(
    int shadowModels, int records, double areaUnderCurve, double truePositiveRate) {
  /** One line. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "membership inference with %d shadow models on %d records: area under the curve %.3f,"
            + " %.2f %% true positives at 1 %% false positives",
        shadowModels,
        records,
        areaUnderCurve,
        100 * truePositiveRate);
  }
}
