/** Intel TDX: quotes of versions 4 and 5. */
@NullMarked
package io.silenda.attest.tdx;

import org.jspecify.annotations.NullMarked;
