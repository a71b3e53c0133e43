#include "kernels/dispatch.h"

#include <stdexcept>

#include "kernels/sets.h"

namespace silenda::kernels {

std::vector<const KernelSet*> supported_kernel_sets() {
  std::vector<const KernelSet*> sets;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512ifma") &&
      __builtin_cpu_supports("avx512vbmi")) {
    sets.push_back(&avx512ifma());
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    sets.push_back(&avx2());
  }
#endif
  sets.push_back(&portable());
  return sets;
}

const KernelSet& choose_kernel_set(const std::string& name) {
  std::string names;
  for (const KernelSet* set : supported_kernel_sets()) {
    if (name.empty() || name == set->name) {
      return *set;
    }
    names.append(names.empty() ? "" : ", ").append(set->name);
  }
  throw std::invalid_argument("kernels '" + name + "' do not exist or do not run on this processor; it runs " + names);
}

}  // namespace silenda::kernels
