/** Fixed wavelet features of images (Mallat 2012; Bruna and Mallat 2013). */
@NullMarked
package io.silenda.dp.scattering;

import org.jspecify.annotations.NullMarked;
