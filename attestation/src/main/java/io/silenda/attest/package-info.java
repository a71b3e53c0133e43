/**
 * Remote attestation: evidence is parsed, verified and appraised, in that order, and nothing is
 * believed that was not proven on the way.
 *
 * <p>Terms are those of RFC 9334: an <em>attester</em> produces <em>evidence</em>,
 * <em>endorsements</em> (certificates, revocation lists, TCB information) vouch for the attester's
 * platform, <em>reference values</em> say what its measurements should be, and an <em>appraisal
 * policy</em> decides. This package holds the values that all technologies share; every technology
 * has a package of its own below it.
 *
 * <p>All verification is offline and takes its clock from the caller.
 */
@NullMarked
package io.silenda.attest;

import org.jspecify.annotations.NullMarked;
