#include "fast/pool.h"

#include <chrono>

namespace silenda::fast {
namespace {

thread_local Pool* current_pool = nullptr;

/// Waking a sleeping thread takes about as long as many a loop: while somebody computes, the next loop is near.
constexpr std::chrono::microseconds kPatience{100};

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

/// Whether the condition came true within a moment.
template <class Condition>
bool soon(const Condition& condition) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  do {
    for (int i = 0; i < 64; ++i) {
      if (condition()) {
        return true;
      }
      pause();
    }
  } while (std::chrono::steady_clock::now() < end);
  return false;
}

}  // namespace

Pool* Pool::current() { return current_pool; }

Pool::Pool(std::size_t threads) : threads_(threads) {
  try {
    while (workers_.size() + 1 < threads) {
      workers_.emplace_back([this] { work(); });
    }
  } catch (...) {
    stop();
    throw;
  }
}

Pool::~Pool() { stop(); }

void Pool::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_all();
  for (std::thread& worker : workers_) {
    worker.join();
  }
}

Pool::Entrance::Entrance(Pool& pool) : previous_(current_pool) {
  if (previous_ != &pool) {
    std::unique_lock lock(pool.mutex_);
    ++pool.waiting_callers_;
    pool.room_.wait(lock, [&] { return pool.active_ < pool.threads_; });
    --pool.waiting_callers_;
    ++pool.active_;
    current_pool = &pool;
    // Helpers made room for this caller; there may be more of it.
    if (pool.waiting_callers_ == 0 && pool.active_ < pool.threads_) {
      pool.work_.notify_all();
    }
  }
}

Pool::Entrance::~Entrance() {
  if (current_pool != previous_) {
    current_pool->leave();
    current_pool = previous_;
  }
}

void Pool::leave() {
  bool helpers_may_come = false;
  {
    const std::lock_guard lock(mutex_);
    --active_;
    helpers_may_come = waiting_callers_ == 0 && sleepers_ > 0 && open_loops_ > 0;
  }
  room_.notify_one();
  if (helpers_may_come) {
    work_.notify_one();
  }
}

void Pool::work() {
  current_pool = this;
  while (true) {
    await_work();
    std::unique_lock lock(mutex_);
    if (stopping_) {
      return;
    }
    Loop* const loop = oldest_open();
    if (loop == nullptr || active_ >= threads_ || waiting_callers_ > 0) {
      continue;
    }
    ++active_;
    ++loop->helpers;
    lock.unlock();
    take_turns(*loop, false);
    lock.lock();
    --active_;
    // The owner may go on now, and its loop vanish.
    --loop->helpers;
    lock.unlock();
    finished_.notify_all();
    room_.notify_one();
  }
}

/// Returns when there may be something to do.
void Pool::await_work() {
  const auto busy = [this] { return open_loops_ > 0 && active_ < threads_ && waiting_callers_ == 0; };
  if (active_ > 0 && soon(busy)) {
    return;
  }
  std::unique_lock lock(mutex_);
  ++sleepers_;
  work_.wait(lock, [&] { return stopping_ || (oldest_open() != nullptr && busy()); });
  --sleepers_;
}

/// The oldest loop has the largest turns. Null if none has any left.
Pool::Loop* Pool::oldest_open() const {
  Loop* loop = oldest_;
  while (loop != nullptr && loop->next >= loop->count) {
    loop = loop->newer;
  }
  return loop;
}

void Pool::take_turns(Loop& loop, bool owner) {
  while (owner || waiting_callers_ == 0) {
    const std::size_t index = loop.next++;
    if (index >= loop.count) {
      return;
    }
    if (index + 1 == loop.count) {
      --open_loops_;
    }
    try {
      loop.run(loop.body, index);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!loop.error) {
        loop.error = std::current_exception();
      }
    }
  }
}

void Pool::link(Loop& loop) {
  loop.older = newest_;
  (newest_ == nullptr ? oldest_ : newest_->newer) = &loop;
  newest_ = &loop;
}

void Pool::unlink(Loop& loop) {
  (loop.older == nullptr ? oldest_ : loop.older->newer) = loop.newer;
  (loop.newer == nullptr ? newest_ : loop.newer->older) = loop.older;
}

void Pool::run(Loop& loop) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    link(loop);
    ++open_loops_;
    wake = sleepers_ > 0 && active_ < threads_;
  }
  if (wake) {
    work_.notify_all();
  }
  take_turns(loop, true);
  {
    const std::lock_guard lock(mutex_);
    unlink(loop);
  }
  if (loop.helpers > 0 && !soon([&] { return loop.helpers == 0; })) {
    std::unique_lock lock(mutex_);
    finished_.wait(lock, [&] { return loop.helpers == 0; });
  }
  if (loop.error) {
    std::rethrow_exception(loop.error);
  }
}

}  // namespace silenda::fast
