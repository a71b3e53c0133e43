/** Rows to train on, from CSV, NPY, IDX and Parquet files, checked as they are read. */
@NullMarked
package io.silenda.dp.data;

import org.jspecify.annotations.NullMarked;
