/** Messages between a worker and its host, on pipes: a kind, a length, that many bytes. */
@NullMarked
package io.silenda.infer.enclave.pipe;

import org.jspecify.annotations.NullMarked;
