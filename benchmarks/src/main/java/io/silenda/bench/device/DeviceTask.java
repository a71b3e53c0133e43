package io.silenda.bench.device;

import io.silenda.bench.backend.Subject;

/**
 * What a device's process does.
 *
 * @param profile its link
 * @param architecture where the network is evaluated
 * @param subject the network
 * @param port of the server on the loopback address; 0 where it needs none
 * @param requests how many rows it asks
 */
record DeviceTask(
    DeviceProfile profile, Architecture architecture, Subject subject, int port, int requests) {}
