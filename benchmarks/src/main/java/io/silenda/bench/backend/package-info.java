/**
 * Ways to evaluate a network, as something that answers one row at a time and says what it cost.
 */
@NullMarked
package io.silenda.bench.backend;

import org.jspecify.annotations.NullMarked;
