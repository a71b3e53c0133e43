/** Signed receipts of answers, and their verification without the worker. */
@NullMarked
package io.silenda.attest.receipt;

import org.jspecify.annotations.NullMarked;
