/** Runs training jobs: checks first, then charges, trains, and writes what may be read by whom. */
@NullMarked
package io.silenda.dp.run;

import org.jspecify.annotations.NullMarked;
