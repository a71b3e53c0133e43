/** How right privately trained networks are on digits that they have not seen. */
@NullMarked
package io.silenda.bench.accuracy;

import org.jspecify.annotations.NullMarked;
