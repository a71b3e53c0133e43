#pragma once

#include <cstdint>
#include <functional>
#include <vector>

// The address sanitizer's own bookkeeping takes other paths from run to run.
#if defined(__x86_64__) && defined(__linux__) && !defined(__SANITIZE_ADDRESS__)
#define SILENDA_CAN_STEP
#endif

namespace silenda::test {

using Trace = std::vector<std::uintptr_t>;

/// Blocks entered and addresses read or written by instrumented code during a run, in order; empty where the build
/// instruments nothing.
Trace traced_accesses(const std::function<void()>& run);

/// Addresses of the instructions that a run executed, in order; empty where SILENDA_CAN_STEP is not defined.
Trace stepped_instructions(const std::function<void()>& run);

}  // namespace silenda::test
