/** Intel SGX: quotes of version 3. */
@NullMarked
package io.silenda.attest.sgx;

import org.jspecify.annotations.NullMarked;
