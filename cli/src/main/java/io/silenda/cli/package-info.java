/** The command line: picocli commands and wiring, no logic. */
@NullMarked
package io.silenda.cli;

import org.jspecify.annotations.NullMarked;
