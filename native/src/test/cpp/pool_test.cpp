// The pool by itself, and results that must not depend on its size.
#include "fast/pool.h"

#include <array>
#include <iostream>
#include <numeric>

#include "check.h"
#include "encoding.h"
#include "fast/operations.h"
#include "fast/transform.h"
#include "kernels/dispatch.h"
#include "key_generation.h"
#include "symmetric_encryption.h"
#include "tests.h"

namespace silenda::test {
namespace {

using fast::parallel_for;
using fast::Pool;

void every_turn_runs_once(Pool& pool) {
  const Pool::Entrance entrance(pool);
  for (const std::size_t count : {0U, 1U, 2U, 7U, 1000U}) {
    std::vector<std::atomic<int>> turns(count);
    parallel_for(count, [&](std::size_t i) { ++turns[i]; });
    for (const auto& turn : turns) {
      check(turn == 1, "every turn runs once");
    }
  }
}

void loops_nest(Pool& pool) {
  const Pool::Entrance entrance(pool);
  const Pool::Entrance again(pool);
  std::array<std::array<std::array<int, 5>, 7>, 9> cells{};
  parallel_for(9, [&](std::size_t i) {
    parallel_for(7, [&](std::size_t j) { parallel_for(5, [&](std::size_t k) { cells[i][j][k] += 1; }); });
  });
  for (const auto& plane : cells) {
    for (const auto& row : plane) {
      check(std::accumulate(row.begin(), row.end(), 0) == 5, "every nested turn runs once");
    }
  }
}

void exceptions_reach_the_owner(Pool& pool) {
  const Pool::Entrance entrance(pool);
  for (int round = 0; round < 50; ++round) {
    bool thrown = false;
    try {
      parallel_for(8, [&](std::size_t i) {
        parallel_for(4, [&](std::size_t j) {
          if (i == 5 && j == 2) {
            throw std::out_of_range("turn 5, 2");
          }
        });
      });
    } catch (const std::out_of_range&) {
      thrown = true;
    }
    check(thrown, "an exception reaches the owner of the loop");
  }
}

/// More callers than threads: no more compute at once than the pool has, and all get done.
void callers_share_the_pool(Pool& pool) {
  std::atomic<std::size_t> computing{0};
  std::atomic<std::size_t> most{0};
  std::atomic<std::size_t> turns{0};
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 6; ++caller) {
    callers.emplace_back([&] {
      for (int round = 0; round < 50; ++round) {
        const Pool::Entrance entrance(pool);
        parallel_for(8, [&](std::size_t) {
          const std::size_t now = ++computing;
          for (std::size_t seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
          }
          ++turns;
          --computing;
        });
      }
    });
  }
  for (std::thread& caller : callers) {
    caller.join();
  }
  check(turns == 6 * 50 * 8, "all callers' turns run");
  check(most <= pool.threads(), "as many threads compute as the pool has");
}

struct Computation {
  ContextPtr context;
  EvaluationKeys keys;
  LinearTransform transform;
  LinearTransform nested;
  Ciphertext input;
};

std::vector<double> random_values(std::mt19937_64& random, std::size_t count) {
  std::vector<double> values(count);
  for (double& value : values) {
    value = static_cast<double>(random()) * 0x1p-63 - 1;
  }
  return values;
}

LinearTransform transform(const ContextPtr& context, std::mt19937_64& random, int nested) {
  LinearTransformSpec spec{context->max_level(), 0x1p30, 0x1p20, true, {}, {{16}, {32, 64, 96}}, {}, nested};
  for (int giant = 0; giant < 24; giant += 4) {
    for (int baby = 0; baby < 4; ++baby) {
      spec.diagonals.push_back({giant, baby, random_values(random, context->slot_count())});
    }
  }
  return LinearTransform(context, spec);
}

Computation computation(const kernels::KernelSet& set, std::mt19937_64& random) {
  auto context =
      std::make_shared<const Context>(2048, std::vector<int>{45, 30, 30, 30, 25, 30, 45}, set);
  const SecretKey secret{context, seal::KeyGenerator(context->seal()).secret_key()};
  const int top = context->max_level();
  std::map<int, int> steps;
  for (const int step : {1, 2, 3, 4, 8, 12, 16, 20, 32, 64, 96}) {
    steps[step] = top;
  }
  return {context, generate_evaluation_keys(secret, top, steps), transform(context, random, 0),
          transform(context, random, 4),
          encrypt_symmetric(secret, encode(context, random_values(random, context->slot_count()), top, 0x1p30))};
}

std::vector<Ciphertext> results(const Computation& c, const std::vector<double>& polynomial) {
  const LinearTransform* const both[] = {&c.transform, &c.nested};
  std::vector<Ciphertext> results = fast::apply_all(both, c.input, c.keys);
  results.push_back(fast::rotate(c.input, 3, c.keys));
  results.push_back(fast::square_relinearize_rescale(c.input, c.keys));
  results.push_back(fast::relinearize(fast::square(c.input), c.keys));
  for (const Basis basis : {Basis::kChebyshev, Basis::kMonomial}) {
    results.push_back(
        evaluate_polynomial(fast::polynomial_arithmetic(), basis, polynomial, c.input, c.keys, 0x1p30));
  }
  return results;
}

bool equal(const std::vector<Ciphertext>& left, const std::vector<Ciphertext>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](const auto& a, const auto& b) {
    const auto& words = a.data.dyn_array();
    return words.size() == b.data.dyn_array().size() && a.data.scale() == b.data.scale() &&
           std::equal(words.begin(), words.end(), b.data.dyn_array().begin());
  });
}

void results_are_the_same(const kernels::KernelSet& set, std::vector<std::unique_ptr<Pool>>& pools) {
  std::mt19937_64 random(17);
  const Computation c = computation(set, random);
  const std::vector<double> polynomial = random_values(random, 14);
  const std::vector<Ciphertext> expected = results(c, polynomial);
  for (const auto& pool : pools) {
    for (int round = 0; round < 3; ++round) {
      const Pool::Entrance entrance(*pool);
      check(equal(results(c, polynomial), expected),
            std::string(set.name) + " kernels: " + std::to_string(pool->threads()) + " threads, seed 17");
    }
  }
}

}  // namespace

void test_pool() {
  std::vector<std::unique_ptr<Pool>> pools;
  for (const std::size_t threads : {1U, 2U, 3U, 8U}) {
    pools.push_back(std::make_unique<Pool>(threads));
    every_turn_runs_once(*pools.back());
    loops_nest(*pools.back());
    exceptions_reach_the_owner(*pools.back());
    callers_share_the_pool(*pools.back());
  }
  for (const kernels::KernelSet* set : tested_kernel_sets()) {
    results_are_the_same(*set, pools);
  }
  std::cout << "pools of 1, 2, 3 and 8 threads compute the same\n";
}

}  // namespace silenda::test
