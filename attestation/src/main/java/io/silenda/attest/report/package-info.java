/** Verdicts for machines (JSON, EAR) and for people. */
@NullMarked
package io.silenda.attest.report;

import org.jspecify.annotations.NullMarked;
