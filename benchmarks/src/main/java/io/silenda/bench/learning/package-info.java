/** What privacy costs in training: epsilon against accuracy and samples a second. */
@NullMarked
package io.silenda.bench.learning;

import org.jspecify.annotations.NullMarked;
