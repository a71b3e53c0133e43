/**
 * Models at rest: a container of authenticated chunks, and the memory of the newest one seen.
 *
 * <p>{@link io.silenda.attest.sealed.SealedModelWriter} makes a container under a {@link
 * io.silenda.attest.sealed.ModelKey}, {@link io.silenda.attest.sealed.SealedModel} reads it in any
 * order, {@link io.silenda.attest.sealed.LastSeenHead} refuses an older or another one. {@link
 * io.silenda.attest.sealed.SealedHeader} is what anybody may see of a container.
 */
@NullMarked
package io.silenda.attest.sealed;

import org.jspecify.annotations.NullMarked;
