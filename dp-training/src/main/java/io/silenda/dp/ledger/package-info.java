/** What has been spent on a data set, kept across jobs, processes and crashes. */
@NullMarked
package io.silenda.dp.ledger;

import org.jspecify.annotations.NullMarked;
