#pragma once

#include <memory>
#include <vector>

#include "seal/util/common.h"

namespace silenda {

/// Clears memory before it goes back.
template <class T, class Upstream = std::allocator<T>>
class WipingAllocator {
 public:
  using value_type = T;

  WipingAllocator() = default;
  template <class Other, class OtherUpstream>
  WipingAllocator(const WipingAllocator<Other, OtherUpstream>&) {}

  T* allocate(std::size_t count) { return Upstream().allocate(count); }
  void deallocate(T* memory, std::size_t count) {
    seal::util::seal_memzero(memory, count * sizeof(T));
    Upstream().deallocate(memory, count);
  }

  template <class Other>
  struct rebind {
    using other = WipingAllocator<Other, typename std::allocator_traits<Upstream>::template rebind_alloc<Other>>;
  };

  friend bool operator==(const WipingAllocator&, const WipingAllocator&) { return true; }
};

/// A vector for what nobody may find in memory later.
template <class T>
using Wiped = std::vector<T, WipingAllocator<T>>;

/// Clears the elements that a container of somebody else's kind has when the scope ends. It must not have given up
/// memory before: reserve what it will need.
template <class Container>
class WipeAtEnd {
 public:
  explicit WipeAtEnd(Container& container) : container_(container) {}
  ~WipeAtEnd() {
    if (!container_.empty()) {
      seal::util::seal_memzero(container_.data(), container_.size() * sizeof(*container_.data()));
    }
  }
  WipeAtEnd(const WipeAtEnd&) = delete;
  WipeAtEnd& operator=(const WipeAtEnd&) = delete;

 private:
  Container& container_;
};

}  // namespace silenda
