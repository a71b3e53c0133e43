/** Noise that a server adds to its answers, wide enough to hide theirs. */
@NullMarked
package io.silenda.infer.flood;

import org.jspecify.annotations.NullMarked;
