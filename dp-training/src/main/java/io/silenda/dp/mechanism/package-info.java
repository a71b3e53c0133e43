/**
 * Noise that may be released: exact samples on a grid from a cryptographic stream, and mechanisms
 * that hand over their own privacy event.
 */
@NullMarked
package io.silenda.dp.mechanism;

import org.jspecify.annotations.NullMarked;
