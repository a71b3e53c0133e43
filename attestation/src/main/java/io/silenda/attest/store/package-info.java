/**
 * Endorsements on disk: addressed by content, with an expiry, filled from files. Nothing here opens
 * a connection; whoever wants to fetch supplies an {@link
 * io.silenda.attest.store.EndorsementSource}.
 */
@NullMarked
package io.silenda.attest.store;

import org.jspecify.annotations.NullMarked;
