/**
 * X.509 certificates, chains to pinned roots, revocation lists and raw signatures. Roots are pinned
 * by their public key; names prove nothing here.
 */
@NullMarked
package io.silenda.attest.pki;

import org.jspecify.annotations.NullMarked;
