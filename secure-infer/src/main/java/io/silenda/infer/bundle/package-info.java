/**
 * Bundles: what a compiled model gives to its client and to its server, as files. Versioned,
 * checked by a digest, the same on every architecture, and bounded before anything is allocated.
 */
@NullMarked
package io.silenda.infer.bundle;

import org.jspecify.annotations.NullMarked;
