/**
 * Scheduling: levels, scales, primes and keys for a packed program, chosen for the smallest
 * predicted error within a security level.
 */
@NullMarked
package io.silenda.infer.schedule;

import org.jspecify.annotations.NullMarked;
