#include "profile/machine_probe.h"

#include <ctime>

#include "kernels/dispatch.h"

namespace silenda::profile {
namespace {

__extension__ typedef unsigned __int128 Wide;

/// Keeps the compiler from dropping a loop whose result nobody wants.
template <typename T>
void keep(const T& value) {
  asm volatile("" : : "m"(value) : "memory");
}

MultiplyLoop multiply_loop_portable(std::uint64_t rounds) {
  constexpr std::size_t kChains = 4;
  std::uint64_t factor[kChains] = {3, 5, 7, 9};
  Wide sum[kChains] = {};
  const std::int64_t start = now_nanos();
  for (std::uint64_t round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < kChains; ++i) {
      // A factor that may have changed cannot be hoisted.
      asm volatile("" : "+r"(factor[i]));
      sum[i] += Wide{factor[i]} * factor[i];
    }
  }
  const std::int64_t nanos = now_nanos() - start;
  keep(sum);
  return {rounds * kChains, nanos};
}

}  // namespace

std::int64_t now_nanos() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

/// Written once, so that every page is really there.
ReadStream::ReadStream(std::size_t bytes) : words_(bytes / sizeof(std::uint64_t), 1) {}

std::int64_t ReadStream::read_nanos() const {
  constexpr std::size_t kStep = 8;
  std::uint64_t sums[kStep] = {};
  const std::int64_t start = now_nanos();
  for (std::size_t i = 0; i + kStep <= words_.size(); i += kStep) {
    for (std::size_t k = 0; k < kStep; ++k) {
      sums[k] += words_[i + k];
    }
  }
  const std::int64_t nanos = now_nanos() - start;
  keep(sums);
  return nanos;
}

MultiplyLoop multiply_loop(const std::string& kernel_set, std::uint64_t rounds) {
  const std::string name = kernels::choose_kernel_set(kernel_set).name;
#if defined(__x86_64__)
  if (name == "avx2") {
    return multiply_loop_avx2(rounds);
  }
  if (name == "avx512ifma") {
    return multiply_loop_avx512ifma(rounds);
  }
#endif
  return multiply_loop_portable(rounds);
}

}  // namespace silenda::profile
