/** Devices and links, emulated by limits on real processes. */
@NullMarked
package io.silenda.bench.device;

import org.jspecify.annotations.NullMarked;
