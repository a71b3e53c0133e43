/** Public keys as files: JSON Web Keys (RFC 7517, RFC 7518) and PEM (RFC 7468). */
@NullMarked
package io.silenda.attest.jwk;

import org.jspecify.annotations.NullMarked;
