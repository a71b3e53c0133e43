/**
 * Appraisal: what has been proven is held against a policy. A policy is strict where it is silent:
 * what it does not allow is refused, and what it does not mention but must is refused, too.
 */
@NullMarked
package io.silenda.attest.policy;

import org.jspecify.annotations.NullMarked;
