/**
 * Sealed models on their owner's side: {@link io.silenda.infer.enclave.owner.SealedModelFolder}
 * makes container, key and head of each version. {@link io.silenda.infer.enclave.ModelKeyRelease}
 * takes the key to workers that satisfy the owner's policy.
 */
@NullMarked
package io.silenda.infer.enclave.owner;

import org.jspecify.annotations.NullMarked;
