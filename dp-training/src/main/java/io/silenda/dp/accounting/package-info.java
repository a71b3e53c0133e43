/**
 * Privacy accounting: events as data, neighbouring relations by name, accountants that refuse what
 * they cannot bound, calibration.
 */
@NullMarked
package io.silenda.dp.accounting;

import org.jspecify.annotations.NullMarked;
