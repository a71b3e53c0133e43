/**
 * Inference in a measured worker: {@link io.silenda.infer.enclave.EnclaveHost} starts, watches and
 * restarts it and relays bytes that it cannot read; {@link io.silenda.infer.enclave.EnclaveClient}
 * seals rows to a worker whose evidence its policy accepts, and to no other.
 */
@NullMarked
package io.silenda.infer.enclave;

import org.jspecify.annotations.NullMarked;
