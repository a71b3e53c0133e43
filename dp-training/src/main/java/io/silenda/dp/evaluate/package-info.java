/** Answers of trained networks in plain Java: slow, simple, and independent of the engine. */
@NullMarked
package io.silenda.dp.evaluate;

import org.jspecify.annotations.NullMarked;
