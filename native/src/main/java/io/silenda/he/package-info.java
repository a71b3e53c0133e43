/**
 * CKKS homomorphic encryption on Microsoft SEAL: parameters, keys, encoding, encryption and an
 * evaluator.
 *
 * <p>A <em>level</em> is the number of data primes that are left, less one: at level 0 only the
 * first prime is left. Rescaling and modulus switching drop the last data prime. Everything that
 * holds native memory is {@link java.lang.AutoCloseable} and is closed by whoever obtained it;
 * objects of different {@link io.silenda.he.CkksContext contexts} never mix.
 */
@NullMarked
package io.silenda.he;

import org.jspecify.annotations.NullMarked;
