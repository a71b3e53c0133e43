/** The operations of encrypted computing, on SEAL's evaluator and ours. */
@NullMarked
package io.silenda.bench.kernels;

import org.jspecify.annotations.NullMarked;
