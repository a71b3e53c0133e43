/**
 * Evidence of Intel TDX, AMD SEV-SNP and Arm CCA guests through Linux's configfs-tsm (kernel 6.7
 * and later; {@code Documentation/ABI/testing/configfs-tsm-report} in its sources, cited as [TSM]).
 *
 * <p>The certificate table of SEV-SNP is that of the "Guest-Hypervisor Communication Block
 * Standardization" (AMD 56421, revision 2.03), section 4.1.8.1, cited as [GHCB].
 */
@NullMarked
package io.silenda.attest.provider.tsm;

import org.jspecify.annotations.NullMarked;
