#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace silenda::test {

using Trace = std::vector<std::uintptr_t>;

/// Blocks entered and addresses read or written by instrumented code during a run, in order; empty where the build
/// instruments nothing.
Trace traced_accesses(const std::function<void()>& run);

/// Addresses of the instructions that a run executed, in order; empty where the processor cannot be stepped.
Trace stepped_instructions(const std::function<void()>& run);

}  // namespace silenda::test
