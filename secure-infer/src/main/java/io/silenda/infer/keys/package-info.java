/** Keys of a client as files: the secret one for its owner alone, and what it asked with them. */
@NullMarked
package io.silenda.infer.keys;

import org.jspecify.annotations.NullMarked;
