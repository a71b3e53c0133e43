/**
 * Numerical privacy loss distributions: cells of a dominating pair, pessimistic discretisation,
 * composition by Fourier transform. Knows nothing of events and adjacencies.
 */
@NullMarked
package io.silenda.dp.accounting.pld;

import org.jspecify.annotations.NullMarked;
