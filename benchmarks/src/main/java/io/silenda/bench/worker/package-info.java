/** One backend in a process of its own, so that memory is counted for it alone. */
@NullMarked
package io.silenda.bench.worker;

import org.jspecify.annotations.NullMarked;
