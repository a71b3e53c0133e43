#include "fast/workspace.h"

#include <algorithm>
#include <new>

namespace silenda::fast {
namespace {

constexpr std::size_t kLineWords = 8;
constexpr std::align_val_t kAlignment{64};
/// One MiB.
constexpr std::size_t kSmallestChunk = std::size_t{1} << 17;

}  // namespace

Workspace& Workspace::of_this_thread() {
  thread_local Workspace workspace;
  return workspace;
}

void Workspace::Free::operator()(std::uint64_t* words) const { ::operator delete[](words, kAlignment); }

std::uint64_t* Workspace::take(std::size_t words) {
  // Buffers of a power of two of bytes would compete for the same cache sets.
  words = (words + 2 * kLineWords - 1) / kLineWords * kLineWords;
  while (chunk_ < chunks_.size() && used_ + words > chunks_[chunk_].size) {
    ++chunk_;
    used_ = 0;
  }
  if (chunk_ == chunks_.size()) {
    const std::size_t size = std::max(words, chunks_.empty() ? kSmallestChunk : 2 * chunks_.back().size);
    chunks_.push_back({std::unique_ptr<std::uint64_t[], Free>(
                           static_cast<std::uint64_t*>(::operator new[](size * sizeof(std::uint64_t), kAlignment))),
                       size});
  }
  std::uint64_t* result = chunks_[chunk_].words.get() + used_;
  used_ += words;
  return result;
}

}  // namespace silenda::fast
