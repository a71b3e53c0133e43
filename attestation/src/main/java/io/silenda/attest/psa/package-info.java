/**
 * Arm Platform Security Architecture attestation tokens: RFC 9783 (profile {@code
 * tag:psacertified.org,2023:psa#tfm}) and the profiles before it, {@code http://arm.com/psa/2.0.0}
 * and {@code PSA_IOT_PROFILE_1}.
 */
@NullMarked
package io.silenda.attest.psa;

import org.jspecify.annotations.NullMarked;
