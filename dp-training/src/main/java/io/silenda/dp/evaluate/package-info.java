/** How good a trained network's answers are. */
@NullMarked
package io.silenda.dp.evaluate;

import org.jspecify.annotations.NullMarked;
