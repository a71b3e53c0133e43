package io.silenda.bench.worker;

import java.util.List;
import java.util.Map;

/**
 * A worker's answer to an order.
 *
 * @param failure why it failed; empty if it did not
 * @param nanos the duration of each request
 * @param phaseNanos of each request
 * @param cores the answers, one list for each request
 * @param outputs the same after the model's last activation, where the backend has both
 * @param requestBytes of one request
 * @param responseBytes of one response
 * @param cpuNanos processor time of all threads for all requests
 * @param joules by the machine's counter; negative where it cannot be read
 * @param peakResidentBytes of the process so far
 * @param nativeBytes held by the native library now
 */
public record Done(
    String failure,
    List<Double> nanos,
    List<Map<String, Double>> phaseNanos,
    List<float[]> cores,
    List<float[]> outputs,
    long requestBytes,
    long responseBytes,
    double cpuNanos,
    double joules,
    long peakResidentBytes,
    long nativeBytes) {

  /** Before the first order. */
  public static Done nothing() {
    return failed("");
  }

  static Done failed(String why) {
    return new Done(why, List.of(), List.of(), List.of(), List.of(), 0, 0, 0, -1, 0, 0);
  }
}
