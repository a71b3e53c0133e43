#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace silenda::fast {

/// Scratch memory of one thread, kept between calls so that computing allocates nothing. A frame gives back all that
/// was taken while it lived.
class Workspace {
 public:
  static Workspace& of_this_thread();

  class Frame {
   public:
    Frame() : workspace_(of_this_thread()), chunk_(workspace_.chunk_), used_(workspace_.used_) {}
    ~Frame() {
      workspace_.chunk_ = chunk_;
      workspace_.used_ = used_;
    }
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;

    /// Uninitialized words, aligned to a cache line.
    std::uint64_t* take(std::size_t words) { return workspace_.take(words); }

   private:
    Workspace& workspace_;
    std::size_t chunk_;
    std::size_t used_;
  };

 private:
  struct Free {
    void operator()(std::uint64_t* words) const;
  };
  struct Chunk {
    std::unique_ptr<std::uint64_t[], Free> words;
    std::size_t size;
  };

  std::uint64_t* take(std::size_t words);

  std::vector<Chunk> chunks_;
  std::size_t chunk_ = 0;
  std::size_t used_ = 0;
};

}  // namespace silenda::fast
