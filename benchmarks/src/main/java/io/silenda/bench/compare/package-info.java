/** Two runs of one suite: what became slower, with a stated rate of false alarms. */
@NullMarked
package io.silenda.bench.compare;

import org.jspecify.annotations.NullMarked;
