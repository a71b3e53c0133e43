/**
 * Arm Confidential Compute Architecture attestation tokens.
 *
 * <p>Documents cited: [RMM] "Realm Management Monitor specification", Arm DEN0137 1.0-rel0, section
 * A7.2; [CCA] draft-ffm-rats-cca-token. The tokens of earlier drafts, without a realm profile and
 * with the realm key as a bare point, are read too.
 */
@NullMarked
package io.silenda.attest.cca;

import org.jspecify.annotations.NullMarked;
