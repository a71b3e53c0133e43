/** Verification that SGX and TDX share: who signed a quote, and what its collateral says. */
@NullMarked
package io.silenda.attest.intel;

import org.jspecify.annotations.NullMarked;
