/** What privacy costs in training: steps with and without it, in turns. */
@NullMarked
package io.silenda.bench.training;

import org.jspecify.annotations.NullMarked;
