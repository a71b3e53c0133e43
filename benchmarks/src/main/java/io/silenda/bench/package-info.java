/** Measures what private machine learning costs. */
@NullMarked
package io.silenda.bench;

import org.jspecify.annotations.NullMarked;
