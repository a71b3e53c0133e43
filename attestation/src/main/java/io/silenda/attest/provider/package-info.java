/**
 * What produces evidence: one {@link io.silenda.attest.provider.EvidenceProvider} a technology,
 * each in a package of its own, and the list that asks them in order. Devices, file roots and
 * sockets are parameters. Whatever a provider hands out is verified like evidence from anywhere
 * else.
 */
@NullMarked
package io.silenda.attest.provider;

import org.jspecify.annotations.NullMarked;
