package io.silenda.bench.device;

import io.silenda.bench.measure.SampleSet;

/**
 * One network on one emulated device.
 *
 * @param profile its limits
 * @param architecture where the network is evaluated
 * @param model name of the network
 * @param nanos from a row at the device to its answer there
 * @param setupNanos until the device can ask: keys made and sent, or the model read
 * @param requestBytes that the device sends for a row
 * @param responseBytes that it gets
 * @param setupBytes that travel once
 * @param exposedBytes of a request and its answer that the server can read
 * @param devicePeakResidentBytes of the device's process
 * @param emulation always true: limits on processes of this machine, no device
 */
public record DeviceEntry(
    DeviceProfile profile,
    Architecture architecture,
    String model,
    SampleSet nanos,
    double setupNanos,
    long requestBytes,
    long responseBytes,
    long setupBytes,
    long exposedBytes,
    long devicePeakResidentBytes,
    boolean emulation) {}
