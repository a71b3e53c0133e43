#include "memory.h"

#include <cerrno>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/sysinfo.h>

namespace silenda {

int make_non_dumpable() {
  return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : errno;
}

// Without MCL_ONFAULT all that the virtual machine reserves would be filled with memory.
int lock_memory() {
  return mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0 ? 0 : errno;
}

std::int64_t swap_bytes() {
  struct sysinfo info {};
  if (sysinfo(&info) != 0) {
    return -1;
  }
  return static_cast<std::int64_t>(info.totalswap) * info.mem_unit;
}

}  // namespace silenda
