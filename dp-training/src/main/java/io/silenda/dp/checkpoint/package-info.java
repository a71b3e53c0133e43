/** States of unfinished runs on the disk; no key and no noise is ever in them. */
@NullMarked
package io.silenda.dp.checkpoint;

import org.jspecify.annotations.NullMarked;
