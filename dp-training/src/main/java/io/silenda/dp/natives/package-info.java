/** The library of native kernels that this module carries. Internal to training. */
@NullMarked
package io.silenda.dp.natives;

import org.jspecify.annotations.NullMarked;
