/**
 * What privacy costs in training: epsilon against accuracy and samples a second, and steps of
 * networks with and without it.
 */
@NullMarked
package io.silenda.bench.training;

import org.jspecify.annotations.NullMarked;
