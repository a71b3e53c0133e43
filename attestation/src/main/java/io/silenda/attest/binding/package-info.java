/**
 * What evidence is about: a worker, its keys and a nonce, hashed into the report data; and whether
 * that satisfies its owner.
 */
@NullMarked
package io.silenda.attest.binding;

import org.jspecify.annotations.NullMarked;
