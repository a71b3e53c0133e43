package io.silenda.infer;

import io.silenda.infer.schedule.ScheduledProgram;

/**
 * All that the server of one compiled model needs: weights and their schedule, and no key.
 *
 * @param program the packed and scheduled network
 */
public record ServerBundle(ScheduledProgram program) {}
