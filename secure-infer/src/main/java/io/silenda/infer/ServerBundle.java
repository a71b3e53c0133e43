package io.silenda.infer;

import io.silenda.he.wire.Digest;
import io.silenda.infer.schedule.ScheduledProgram;

/**
 * All that the server of one compiled model needs: weights and their schedule, and no key.
 *
 * @param program the packed and scheduled network
 * @param modelDigest names the model in requests and keys: SHA-256 over this bundle's content
 */
public record ServerBundle(ScheduledProgram program, Digest modelDigest) {}
