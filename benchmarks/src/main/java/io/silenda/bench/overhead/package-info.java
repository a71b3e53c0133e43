/** What privacy costs: every network on every backend, and how the cost grows. */
@NullMarked
package io.silenda.bench.overhead;

import org.jspecify.annotations.NullMarked;
