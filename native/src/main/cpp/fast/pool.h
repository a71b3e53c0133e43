#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace silenda::fast {

/// Threads that share the work of everybody who enters: as many compute at once as the pool has, whether on one
/// ciphertext or on many. What is computed never depends on their number.
class Pool {
 public:
  /// One thread of the pool is always a caller's, so that a pool of one starts none.
  explicit Pool(std::size_t threads);
  /// Nobody may be inside.
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  std::size_t threads() const { return threads_; }

  /// While it lives the calling thread counts as one of the pool's; it waits until there is room. Entering again does
  /// nothing.
  class Entrance {
   public:
    explicit Entrance(Pool& pool);
    ~Entrance();
    Entrance(const Entrance&) = delete;
    Entrance& operator=(const Entrance&) = delete;

   private:
    Pool* const previous_;
  };

  /// A loop whose turns may run in any order and on any thread; it lives on the stack of the thread that owns it.
  struct Loop {
    void (*run)(const void* body, std::size_t index);
    const void* body;
    std::size_t count;
    std::atomic<std::size_t> next{0};
    /// Threads other than the owner's that work on it.
    std::atomic<std::size_t> helpers{0};
    std::exception_ptr error{};
    Loop* older = nullptr;
    Loop* newer = nullptr;
  };

  /// Returns when all turns are done; throws what one of them threw.
  void run(Loop& loop);

  /// The pool that the calling thread is in, or null.
  static Pool* current();

 private:
  void work();
  void await_work();
  void stop();
  void leave();
  void take_turns(Loop& loop, bool owner);
  Loop* oldest_open() const;
  void link(Loop& loop);
  void unlink(Loop& loop);

  const std::size_t threads_;
  std::mutex mutex_;
  /// A loop was opened, or room was made for helpers.
  std::condition_variable work_;
  std::condition_variable room_;
  std::condition_variable finished_;
  Loop* oldest_ = nullptr;
  Loop* newest_ = nullptr;
  std::size_t sleepers_ = 0;
  bool stopping_ = false;
  /// Changed under the mutex; read without it by who only wants a hint.
  std::atomic<std::size_t> active_{0};
  std::atomic<std::size_t> waiting_callers_{0};
  std::atomic<std::size_t> open_loops_{0};
  std::vector<std::thread> workers_;
};

/// body(0) to body(count - 1), shared with the pool that the thread is in. The turns must not depend on each other.
template <class Body>
void parallel_for(std::size_t count, const Body& body) {
  Pool* const pool = count > 1 ? Pool::current() : nullptr;
  if (pool == nullptr || pool->threads() == 1) {
    for (std::size_t i = 0; i < count; ++i) {
      body(i);
    }
    return;
  }
  Pool::Loop loop{[](const void* erased, std::size_t index) { (*static_cast<const Body*>(erased))(index); }, &body,
                  count};
  pool->run(loop);
}

}  // namespace silenda::fast
