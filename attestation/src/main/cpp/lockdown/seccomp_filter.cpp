#include "seccomp_filter.h"

#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace silenda {

namespace {

#if defined(__x86_64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "no list of system calls for this processor"
#endif

constexpr unsigned kDeny = SECCOMP_RET_ERRNO | EPERM;
constexpr unsigned kMissing = SECCOMP_RET_ERRNO | ENOSYS;

/// Calls that are allowed whatever their arguments are.
constexpr int kAllowed[] = {
    // descriptors that are open already
    SYS_read, SYS_readv, SYS_pread64, SYS_preadv, SYS_write, SYS_writev, SYS_lseek, SYS_close,
    SYS_close_range, SYS_fcntl, SYS_dup, SYS_dup3, SYS_ppoll, SYS_pselect6, SYS_fadvise64, SYS_readahead,
    // looking at files; Landlock says which
    SYS_fstat, SYS_newfstatat, SYS_statx, SYS_statfs, SYS_fstatfs, SYS_faccessat, SYS_faccessat2,
    SYS_readlinkat, SYS_getdents64, SYS_getcwd,
    // memory
    SYS_mmap, SYS_munmap, SYS_mprotect, SYS_mremap, SYS_madvise, SYS_brk, SYS_mlock, SYS_mlock2,
    SYS_munlock, SYS_mincore, SYS_membarrier,
    // threads
    SYS_futex, SYS_set_robust_list, SYS_get_robust_list, SYS_rseq, SYS_set_tid_address, SYS_gettid,
    SYS_sched_yield, SYS_sched_getaffinity, SYS_sched_setaffinity, SYS_sched_getparam,
    SYS_sched_getscheduler, SYS_sched_get_priority_max, SYS_sched_get_priority_min, SYS_exit,
    SYS_exit_group, SYS_getcpu,
    // signals to oneself
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_rt_sigpending, SYS_rt_sigtimedwait,
    SYS_sigaltstack, SYS_restart_syscall,
    // time and what the process knows of itself
    SYS_clock_gettime, SYS_clock_getres, SYS_clock_nanosleep, SYS_nanosleep, SYS_gettimeofday,
    SYS_getrandom, SYS_getpid, SYS_getppid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_uname,
    SYS_sysinfo, SYS_times, SYS_getrusage,
#if defined(__x86_64__)
    SYS_arch_prctl, SYS_stat, SYS_lstat, SYS_access, SYS_readlink, SYS_poll, SYS_select, SYS_dup2,
    SYS_time, SYS_getrlimit, SYS_getdents,
#endif
};

class Filter {
 public:
  Filter() {
    load(offsetof(seccomp_data, arch));
    add(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0);
    answer(SECCOMP_RET_KILL_PROCESS);
    load(offsetof(seccomp_data, nr));
  }

  /// Only this number; numbers of the x32 calls are on no list.
  void allow(int call) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 1);
    answer(SECCOMP_RET_ALLOW);
  }

  void answer_with(int call, unsigned action) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 1);
    answer(action);
  }

  /// Allowed where `argument` has none of the bits `forbidden`.
  void allow_without_bits(int call, int argument, unsigned forbidden) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 4);
    load_low(argument);
    add(BPF_JMP | BPF_JSET | BPF_K, forbidden, 1, 0);
    answer(SECCOMP_RET_ALLOW);
    answer(kDeny);
  }

  /// Allowed where `argument` has one of the bits `wanted`.
  void allow_with_bit(int call, int argument, unsigned wanted) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 4);
    load_low(argument);
    add(BPF_JMP | BPF_JSET | BPF_K, wanted, 0, 1);
    answer(SECCOMP_RET_ALLOW);
    answer(kDeny);
  }

  /// Allowed where the 32-bit `argument` is one of `values`.
  void allow_values(int call, int argument, const std::vector<unsigned>& values) {
    const auto size = static_cast<unsigned char>(2 * values.size() + 2);
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, size);
    load_low(argument);
    for (const unsigned value : values) {
      add(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
      answer(SECCOMP_RET_ALLOW);
    }
    answer(kDeny);
  }

  /// Allowed where the pointer `argument` is null.
  void allow_null(int call, int argument) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 6);
    load_low(argument);
    add(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3);
    load(argument_offset(argument) + 4);
    add(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1);
    answer(SECCOMP_RET_ALLOW);
    answer(kDeny);
  }

  std::vector<sock_filter> finish() {
    answer(kDeny);
    return code_;
  }

 private:
  static unsigned argument_offset(int argument) {
    return static_cast<unsigned>(offsetof(seccomp_data, args) + 8 * static_cast<std::size_t>(argument));
  }

  void load_low(int argument) { load(argument_offset(argument)); }
  void load(unsigned offset) { add(BPF_LD | BPF_W | BPF_ABS, offset, 0, 0); }
  void answer(unsigned action) { add(BPF_RET | BPF_K, action, 0, 0); }

  void add(int code, unsigned operand, unsigned char if_true, unsigned char if_false) {
    code_.push_back({static_cast<unsigned short>(code), if_true, if_false, operand});
  }

  std::vector<sock_filter> code_;
};

constexpr unsigned kWriting = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;
constexpr unsigned kNameMemory = 0x53564d41;  // PR_SET_VMA

std::vector<sock_filter> make_filter() {
  Filter filter;
  for (const int call : kAllowed) {
    filter.allow(call);
  }
  filter.allow_without_bits(SYS_openat, 2, kWriting);
#if defined(__x86_64__)
  filter.allow_without_bits(SYS_open, 1, kWriting);
#endif
  filter.allow_with_bit(SYS_clone, 0, CLONE_THREAD);
  filter.allow_values(SYS_tgkill, 0, {static_cast<unsigned>(getpid())});
  filter.allow_values(SYS_ioctl, 1, {FIONREAD, TCGETS});
  filter.allow_values(SYS_prctl, 0,
                      {PR_SET_NAME, PR_GET_NAME, PR_GET_DUMPABLE, PR_GET_NO_NEW_PRIVS, kNameMemory});
  filter.allow_null(SYS_prlimit64, 2);
  // Their arguments lie in memory that a filter cannot see; the C library then takes clone and openat.
  filter.answer_with(SYS_clone3, kMissing);
  filter.answer_with(SYS_openat2, kMissing);
  return filter.finish();
}

}  // namespace

int install_system_call_filter() {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    return errno;
  }
  std::vector<sock_filter> code = make_filter();
  const sock_fprog program{static_cast<unsigned short>(code.size()), code.data()};
  const long result =
      syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
  // A positive result is the thread that could not be put under the filter.
  return result == 0 ? 0 : result < 0 ? errno : EBUSY;
}

}  // namespace silenda
