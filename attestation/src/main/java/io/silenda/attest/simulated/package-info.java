/**
 * Evidence that proves nothing, in a format that is called SIMULATED and says so in every verdict:
 * for development and tests on machines without a TEE. It is signed by a random key of the
 * installation, so that channels and policies can be tried whole. Only a policy that allows
 * simulation by name accepts it.
 */
@NullMarked
package io.silenda.attest.simulated;

import org.jspecify.annotations.NullMarked;
