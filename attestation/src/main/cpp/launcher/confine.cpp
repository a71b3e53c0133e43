#include "confine.h"

#include <cstdint>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "failure.h"

namespace silenda {

namespace {

void set_limit(__rlimit_resource resource, std::uint64_t value, const char* name) {
  const rlimit limit{value, value};
  require(setrlimit(resource, &limit), name);
}

}  // namespace

void set_limits(const Plan& plan) {
  set_limit(RLIMIT_CORE, 0, "core limit");
  set_limit(RLIMIT_FSIZE, 0, "file size limit");
  for (const auto& [name, value] : plan.limits) {
    if (name == "address-space-bytes") {
      set_limit(RLIMIT_AS, value, "address space limit");
    } else if (name == "open-files") {
      set_limit(RLIMIT_NOFILE, value, "limit of open files");
    } else {
      refuse("the plan has a limit that is not known");
    }
  }
  const rlimit all{RLIM_INFINITY, RLIM_INFINITY};
  // Only the privileged may; the worker finds out whether its memory can be locked.
  (void)setrlimit(RLIMIT_MEMLOCK, &all);
}

void drop_privileges() {
  require(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no new privileges");
  constexpr unsigned long kNoRoot = SECBIT_NOROOT | SECBIT_NOROOT_LOCKED |
                                    SECBIT_NO_SETUID_FIXUP | SECBIT_NO_SETUID_FIXUP_LOCKED |
                                    SECBIT_KEEP_CAPS_LOCKED;
  // Fails without CAP_SETPCAP, where there is nothing to take away.
  (void)prctl(PR_SET_SECUREBITS, kNoRoot, 0, 0, 0);
  (void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  for (int capability = 0; prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; capability++) {
  }
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[2] = {};
  require(syscall(SYS_capset, &header, none), "capabilities");
}

}  // namespace silenda
