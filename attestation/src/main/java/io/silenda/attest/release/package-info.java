/**
 * Release of secrets to workers that prove themselves: request, challenge, attestation, response.
 * Every release stands in a durable log before it happens.
 */
@NullMarked
package io.silenda.attest.release;

import org.jspecify.annotations.NullMarked;
