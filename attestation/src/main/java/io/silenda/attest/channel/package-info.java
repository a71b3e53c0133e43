/**
 * A channel that ends in measured code. The client challenges, the worker answers with evidence
 * over its keys, the owner's policy decides; only then is there a session that can seal anything.
 * Requests and answers are sealed with HPKE (RFC 9180) in frames after the Encrypted HTTP Body
 * Protocol, with a final frame and padded sizes. Transport is the caller's: everything here is
 * bytes. The layout is in {@code docs/attested-channel.md}.
 */
@NullMarked
package io.silenda.attest.channel;

import org.jspecify.annotations.NullMarked;
