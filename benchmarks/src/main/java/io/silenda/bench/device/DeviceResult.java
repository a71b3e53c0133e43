package io.silenda.bench.device;

import java.util.List;

/**
 * What a device's process found.
 *
 * @param failure empty if there was none
 * @param nanos of each request, in order
 * @param setupNanos before the first
 * @param requestBytes of one request
 * @param responseBytes of one answer
 * @param setupBytes that travelled before the first request
 * @param peakResidentBytes of the process
 */
record DeviceResult(
    String failure,
    List<Double> nanos,
    double setupNanos,
    long requestBytes,
    long responseBytes,
    long setupBytes,
    long peakResidentBytes) {

  static DeviceResult failed(String why) {
    return new DeviceResult(why, List.of(), 0, 0, 0, 0, 0);
  }
}
