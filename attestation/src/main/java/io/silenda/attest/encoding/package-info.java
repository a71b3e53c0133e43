/** Strict readers of bytes and text that nobody has vouched for yet. */
@NullMarked
package io.silenda.attest.encoding;

import org.jspecify.annotations.NullMarked;
