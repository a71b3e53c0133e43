/** Accounting questions as plain values, one a line of a batch, and their answers. */
@NullMarked
package io.silenda.dp.request;

import org.jspecify.annotations.NullMarked;
