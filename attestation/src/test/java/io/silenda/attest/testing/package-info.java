/** A public key infrastructure of the tests' own. */
@NullMarked
package io.silenda.attest.testing;

import org.jspecify.annotations.NullMarked;
