/** Attacks on one's own training, to hold against its claim. */
@NullMarked
package io.silenda.dp.audit;

import org.jspecify.annotations.NullMarked;
