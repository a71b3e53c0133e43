/**
 * Measured worker processes: a plan of what one is made of, its manifest and digest computed from
 * the same files as the launcher does, and the launcher started as a child process. Where no
 * hardware vouches for the launcher, a digest is what the host reports: SIMULATED.
 */
@NullMarked
package io.silenda.attest.worker;

import org.jspecify.annotations.NullMarked;
