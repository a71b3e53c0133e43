#pragma once

namespace silenda {

/// Puts all threads of this process under a list of allowed system calls: what a Java virtual machine
/// needs to compute, load classes, make threads, and read and write open descriptors. Whatever else is
/// asked for fails with EPERM: sockets, execution, fork, ptrace, other processes' memory, files opened
/// for writing, new descriptors of any other kind. It cannot be taken back. 0 or errno.
int install_system_call_filter();

}  // namespace silenda
