#include <arpa/inet.h>
#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <functional>
#include <linux/sched.h>
#include <string>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "../../main/cpp/lockdown/memory.h"
#include "../../main/cpp/lockdown/seccomp_filter.h"
#include "check.h"

namespace silenda::test {

namespace {

constexpr int kInstalled = 100;

/// Exit status of a child that installs the filter and then runs `body`.
int in_filtered_child(const std::function<int()>& body) {
  const pid_t child = fork();
  if (child == 0) {
    _exit(install_system_call_filter() == 0 ? body() : kInstalled);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 200 + WTERMSIG(status);
}

void refused(const std::string& name, const std::function<long()>& call) {
  const int status = in_filtered_child([&call] {
    errno = 0;
    return call() == -1 ? errno : 0;
  });
  check(status == EPERM, name + " is refused with EPERM, was " + std::to_string(status));
}

void allowed(const std::string& name, const std::function<bool()>& call) {
  const int status = in_filtered_child([&call] { return call() ? 0 : 1; });
  check(status == 0, name + " is allowed, was " + std::to_string(status));
}

void refusals() {
  refused("socket", [] { return socket(AF_INET, SOCK_STREAM, 0); });
  refused("unix socket", [] { return socket(AF_UNIX, SOCK_STREAM, 0); });
  refused("socketpair", [] {
    int pair[2];
    return socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  });
  refused("connect", [] { return connect(0, nullptr, 0); });
  refused("execve", [] { return execl("/bin/true", "true", nullptr); });
  refused("fork", [] { return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); });
  refused("ptrace", [] { return ptrace(PTRACE_TRACEME, 0, nullptr, nullptr); });
  refused("process_vm_readv", [] { return process_vm_readv(getppid(), nullptr, 0, nullptr, 0, 0); });
  refused("process_vm_writev", [] { return process_vm_writev(getppid(), nullptr, 0, nullptr, 0, 0); });
  refused("kill", [] { return kill(getppid(), 0); });
  refused("tgkill of another process", [] { return syscall(SYS_tgkill, getppid(), getppid(), 0); });
  refused("open for writing", [] { return open("/dev/null", O_WRONLY); });
  refused("open for reading and writing", [] { return open("/dev/null", O_RDWR); });
  refused("create", [] { return open("silenda-filter-test", O_RDONLY | O_CREAT, 0600); });
  refused("unlink", [] { return unlink("silenda-filter-test"); });
  refused("memfd_create", [] { return syscall(SYS_memfd_create, "x", 0); });
  refused("mount", [] { return syscall(SYS_mount, nullptr, nullptr, nullptr, 0, nullptr); });
  refused("unshare", [] { return syscall(SYS_unshare, 0); });
  refused("setns", [] { return syscall(SYS_setns, 0, 0); });
  refused("bpf", [] { return syscall(SYS_bpf, 0, nullptr, 0); });
  refused("perf_event_open", [] { return syscall(SYS_perf_event_open, nullptr, 0, 0, 0, 0); });
  refused("io_uring_setup", [] { return syscall(SYS_io_uring_setup, 1, nullptr); });
  refused("dumpable again", [] { return prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); });
  refused("another limit", [] {
    const unsigned long long limit[2] = {0, 0};
    return syscall(SYS_prlimit64, 0, 4, limit, nullptr);
  });
  refused("another filter", [] { return syscall(SYS_seccomp, 0, 0, nullptr); });
}

void permissions() {
  allowed("open for reading", [] { return open("/dev/null", O_RDONLY) >= 0; });
  allowed("a new thread", [] {
    int seen = 0;
    std::thread([&seen] { seen = 1; }).join();
    return seen == 1;
  });
  allowed("a signal to oneself", [] { return syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), 0) == 0; });
}

int other_thread_is_filtered() {
  std::atomic<int> stage = 0;
  std::atomic<int> result = -1;
  std::thread other([&] {
    stage = 1;
    while (stage != 2) {
      std::this_thread::yield();
    }
    result = socket(AF_INET, SOCK_STREAM, 0) == -1 ? errno : 0;
  });
  while (stage != 1) {
    std::this_thread::yield();
  }
  const int installed = install_system_call_filter();
  stage = 2;
  other.join();
  return installed == 0 ? result.load() : kInstalled;
}

int in_child(int (*body)()) {
  const pid_t child = fork();
  if (child == 0) {
    _exit(body());
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 200;
}

}  // namespace

void filter_tests() {
  refusals();
  permissions();
  check(in_child(other_thread_is_filtered) == EPERM, "threads from before are filtered, too");
  check(in_child([] { return make_non_dumpable() == 0 && prctl(PR_GET_DUMPABLE) == 0 ? 0 : 1; }) == 0,
        "a process becomes non-dumpable");
  check(swap_bytes() >= 0, "swap space is known");
}

}  // namespace silenda::test
