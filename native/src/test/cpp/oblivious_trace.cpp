// What instrumented code calls: the entry points that the compiler's thread sanitizer and coverage tracing expect,
// and the trap that follows every instruction while the processor steps.
#include "oblivious_trace.h"

#include <csignal>
#include <stdexcept>

#ifdef SILENDA_CAN_STEP
#include <ucontext.h>
#endif

namespace silenda::test {
namespace {

/// Filled without allocation: what comes after is lost, and the caller sees that the trace is full.
constexpr std::size_t kCapacity = std::size_t{1} << 20;

std::uintptr_t entries[kCapacity];
volatile std::size_t count = 0;
thread_local bool recording = false;

void record(std::uintptr_t entry) noexcept {
  const std::size_t at = count;
  if (at < kCapacity) {
    entries[at] = entry;
    count = at + 1;
  }
}

Trace taken() {
  if (count == kCapacity) {
    throw std::length_error("a trace is too long to be kept");
  }
  return Trace(entries, entries + count);
}

#ifdef SILENDA_CAN_STEP
void on_step(int, siginfo_t*, void* context) {
  record(static_cast<std::uintptr_t>(static_cast<ucontext_t*>(context)->uc_mcontext.gregs[REG_RIP]));
}

/// Below the red zone of whatever the compiler keeps under the stack pointer.
inline void set_trap_flag() {
  __asm__ volatile("lea -128(%%rsp), %%rsp; pushfq; orl $0x100, (%%rsp); popfq; lea 128(%%rsp), %%rsp" ::
                       : "memory", "cc");
}

inline void clear_trap_flag() {
  __asm__ volatile("lea -128(%%rsp), %%rsp; pushfq; andl $0xfffffeff, (%%rsp); popfq; lea 128(%%rsp), %%rsp" ::
                       : "memory", "cc");
}
#endif

}  // namespace

Trace traced_accesses(const std::function<void()>& run) {
  count = 0;
  recording = true;
  run();
  recording = false;
  return taken();
}

Trace stepped_instructions(const std::function<void()>& run) {
  count = 0;
#ifdef SILENDA_CAN_STEP
  struct sigaction handler = {};
  struct sigaction before = {};
  handler.sa_sigaction = on_step;
  handler.sa_flags = SA_SIGINFO;
  sigaction(SIGTRAP, &handler, &before);
  set_trap_flag();
  run();
  clear_trap_flag();
  sigaction(SIGTRAP, &before, nullptr);
#else
  run();
#endif
  return taken();
}

void record_access(const volatile void* address) noexcept {
  if (recording) {
    record(reinterpret_cast<std::uintptr_t>(address));
  }
}

}  // namespace silenda::test

#define SILENDA_ACCESS(name) \
  void name(void* address) { silenda::test::record_access(address); }
#define SILENDA_RANGE(name) \
  void name(void* address, long) { silenda::test::record_access(address); }

extern "C" {

void __tsan_init() {}
void __tsan_func_entry(void*) {}
void __tsan_func_exit() {}
SILENDA_ACCESS(__tsan_read1)
SILENDA_ACCESS(__tsan_read2)
SILENDA_ACCESS(__tsan_read4)
SILENDA_ACCESS(__tsan_read8)
SILENDA_ACCESS(__tsan_read16)
SILENDA_ACCESS(__tsan_write1)
SILENDA_ACCESS(__tsan_write2)
SILENDA_ACCESS(__tsan_write4)
SILENDA_ACCESS(__tsan_write8)
SILENDA_ACCESS(__tsan_write16)
SILENDA_ACCESS(__tsan_unaligned_read2)
SILENDA_ACCESS(__tsan_unaligned_read4)
SILENDA_ACCESS(__tsan_unaligned_read8)
SILENDA_ACCESS(__tsan_unaligned_read16)
SILENDA_ACCESS(__tsan_unaligned_write2)
SILENDA_ACCESS(__tsan_unaligned_write4)
SILENDA_ACCESS(__tsan_unaligned_write8)
SILENDA_ACCESS(__tsan_unaligned_write16)
SILENDA_RANGE(__tsan_read_range)
SILENDA_RANGE(__tsan_write_range)

void __sanitizer_cov_trace_pc() { silenda::test::record_access(__builtin_return_address(0)); }

}  // extern "C"
