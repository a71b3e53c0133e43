/**
 * Linear layers computed by a fast worker that nobody trusts, as in Slalom (Tramèr and Boneh, ICLR
 * 2019): inputs leave the enclave under a one-time pad, and answers are checked by Freivalds'
 * algorithm before they are used.
 *
 * <p>{@link io.silenda.infer.enclave.outsource.OutsourcedNetwork} runs a graph, {@link
 * io.silenda.infer.enclave.outsource.OutsourcedLayer} one layer of it; an {@link
 * io.silenda.infer.enclave.outsource.Accelerator} is the untrusted side. The accelerator learns the
 * weights, the sizes and the number of rows; of inputs and outputs it learns nothing.
 */
@NullMarked
package io.silenda.infer.enclave.outsource;

import org.jspecify.annotations.NullMarked;
