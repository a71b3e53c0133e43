/** The table of formats: which verifier reads what. */
@NullMarked
package io.silenda.attest.verifier;

import org.jspecify.annotations.NullMarked;
