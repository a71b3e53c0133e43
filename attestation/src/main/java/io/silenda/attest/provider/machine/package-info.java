/** The providers of real machines, each at its usual place. */
@NullMarked
package io.silenda.attest.provider.machine;

import org.jspecify.annotations.NullMarked;
