/** Many verifications from one file, a request a line. */
@NullMarked
package io.silenda.attest.batch;

import org.jspecify.annotations.NullMarked;
