/** Other libraries, run from Python environments of their own on the same inputs. */
@NullMarked
package io.silenda.bench.peers;

import org.jspecify.annotations.NullMarked;
