/** Products of matrices of floats: OpenBLAS on memory outside of the heap, or plain Java. */
@NullMarked
package io.silenda.dp.blas;

import org.jspecify.annotations.NullMarked;
