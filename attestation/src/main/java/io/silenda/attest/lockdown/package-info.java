/**
 * What a worker process does to itself before it sees any input: it gives up system calls, stays
 * out of core dumps and swap, and then looks at every thread to see what of it really holds. A
 * sandbox, not a TEE: it stands against bugs in the worker and against other users of the system,
 * not against whoever runs the kernel.
 */
@NullMarked
package io.silenda.attest.lockdown;

import org.jspecify.annotations.NullMarked;
