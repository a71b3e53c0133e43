// Memory that is cleared before it goes back.
#include "wiped.h"

#include <algorithm>
#include <cstdint>
#include <iostream>

#include "check.h"
#include "tests.h"

namespace silenda::test {
namespace {

int released = 0;

/// Looks at what comes back before the memory is gone.
template <class T>
struct Inspecting : std::allocator<T> {
  template <class Other>
  struct rebind {
    using other = Inspecting<Other>;
  };

  void deallocate(T* memory, std::size_t count) {
    check(std::all_of(memory, memory + count, [](T value) { return value == 0; }), "released memory is clear");
    ++released;
    std::allocator<T>::deallocate(memory, count);
  }
};

}  // namespace

void test_wiped_memory() {
  {
    std::vector<std::uint64_t, WipingAllocator<std::uint64_t, Inspecting<std::uint64_t>>> words;
    // Growing gives memory back as well.
    for (std::uint64_t i = 1; i <= 1000; ++i) {
      words.push_back(i * 0x9e3779b97f4a7c15);
    }
    check(words[999] == 1000 * 0x9e3779b97f4a7c15, "contents survive growth");
  }
  check(released > 1, "memory was released");

  std::vector<double> values(100, 1.5);
  { const WipeAtEnd wipe(values); }
  check(values == std::vector<double>(100, 0.0), "a foreign vector is cleared at the scope's end");
  std::cout << "wiped memory: " << released << " releases\n";
}

}  // namespace silenda::test
