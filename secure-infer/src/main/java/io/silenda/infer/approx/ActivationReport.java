package io.silenda.infer.approx;

/**
 * What stands in the place of one activation.
 *
 * @param node name of the activation's node
 * @param function the function, as the importer names it
 * @param degree degree of the polynomial
 * @param method how it was fitted
 * @param low lower end of the interval that it was fitted on
 * @param high upper end
 * @param observedLow smallest input on the calibration rows, or on made ones where there are none
 * @param observedHigh largest input on them
 * @param margin by which part of the observed width each end was moved outwards; 0 for a propagated
 *     range
 * @param source where the interval comes from
 * @param maxError largest error on the interval
 * @param rmsError root mean square error over the inputs of the calibration rows, or over the
 *     interval where there are none
 */
public record ActivationReport(
    String node,
    String function,
    int degree,
    Method method,
    double low,
    double high,
    double observedLow,
    double observedHigh,
    double margin,
    RangeSource source,
    double maxError,
    double rmsError) {
  /** Part of the interval, from its middle outwards, that the rows use. */
  public double rangeUse() {
    double middle = (low + high) / 2;
    double reach = Math.max(Math.abs(observedLow - middle), Math.abs(observedHigh - middle));
    return reach / ((high - low) / 2);
  }
}
