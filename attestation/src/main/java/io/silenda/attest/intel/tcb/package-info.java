/**
 * Evaluation of a platform's TCB against verified collateral; pure functions, nothing is parsed
 * here.
 */
@NullMarked
package io.silenda.attest.intel.tcb;

import org.jspecify.annotations.NullMarked;
