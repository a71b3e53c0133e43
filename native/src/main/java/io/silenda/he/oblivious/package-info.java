/**
 * Kernels for the end of a network inside an enclave, whose instructions and memory addresses
 * depend on sizes alone: what a host sees of caches, pages and branches tells nothing of values.
 */
@NullMarked
package io.silenda.he.oblivious;

import org.jspecify.annotations.NullMarked;
