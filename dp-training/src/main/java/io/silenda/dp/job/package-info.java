/** Training jobs as files: what is asked for, checked before anything is spent. */
@NullMarked
package io.silenda.dp.job;

import org.jspecify.annotations.NullMarked;
