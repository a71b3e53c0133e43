/** What the machine is, and what it could do at most. */
@NullMarked
package io.silenda.bench.machine;

import org.jspecify.annotations.NullMarked;
