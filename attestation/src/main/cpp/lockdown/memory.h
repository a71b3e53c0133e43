#pragma once

#include <cstdint>

namespace silenda {

/// No core dump, and nobody attaches a debugger or reads this process's part of /proc without
/// CAP_SYS_PTRACE. An execve undoes it. 0 or errno.
int make_non_dumpable();

/// Keeps every page in memory once it has been touched. 0 or errno.
int lock_memory();

/// Swap space of the system; -1 where the kernel does not tell.
std::int64_t swap_bytes();

}  // namespace silenda
