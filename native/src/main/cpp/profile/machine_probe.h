#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// What this machine could do at most, measured: the yardstick for kernels.
namespace silenda::profile {

/// Nanoseconds of processor time of this thread: programs that take turns with it do not count.
std::int64_t now_nanos();

/// Memory that a single thread reads from end to end. Not thread-safe.
class ReadStream {
 public:
  explicit ReadStream(std::size_t bytes);

  std::size_t bytes() const { return words_.size() * sizeof(std::uint64_t); }
  /// Duration of one pass.
  std::int64_t read_nanos() const;

 private:
  std::vector<std::uint64_t> words_;
};

/// A loop of independent multiply-accumulate instructions on registers, nothing else: lanes counted as multiplications.
struct MultiplyLoop {
  std::uint64_t multiplications;
  std::int64_t nanos;
};

/// With the multiplication that a kernel set is built on: the lower 52 bits (avx512ifma), a fused multiply-add of
/// doubles (avx2), or 64 by 64 bits (portable). Throws std::invalid_argument for a set that does not run here.
MultiplyLoop multiply_loop(const std::string& kernel_set, std::uint64_t rounds);

/// The loops of the sets that need instructions of their own.
MultiplyLoop multiply_loop_avx2(std::uint64_t rounds);
MultiplyLoop multiply_loop_avx512ifma(std::uint64_t rounds);

}  // namespace silenda::profile
