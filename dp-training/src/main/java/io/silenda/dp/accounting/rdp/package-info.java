/** Renyi divergences, order by order. Knows nothing of events and adjacencies. */
@NullMarked
package io.silenda.dp.accounting.rdp;

import org.jspecify.annotations.NullMarked;
