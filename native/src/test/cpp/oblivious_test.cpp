// Oblivious kernels: right values, and traces that do not change with them.
#include "oblivious/oblivious.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iostream>
#include <limits>
#include <numeric>
#include <random>

#include "check.h"
#include "oblivious_trace.h"
#include "oblivious_traced.h"
#include "tests.h"

namespace silenda::test {
namespace {

constexpr std::uint64_t kSeed = 950;
constexpr std::size_t kCount = 48;
constexpr std::size_t kKept = 5;
constexpr std::size_t kWidth = 4;
/// Accesses are cheap to trace; every step of the processor costs a signal.
constexpr int kTracedInputs = 40;
constexpr int kSteppedInputs = 4;
/// Two planes of 6 x 4, windows of 3 x 2, strides of 2 and 1, one row and one column of padding.
constexpr std::size_t kPool[11] = {2, 6, 4, 3, 2, 2, 1, 1, 1, 3, 4};

using Bits = std::vector<std::uint32_t>;

float as_float(std::uint32_t bits) { return std::bit_cast<float>(bits); }

/// Ordinary numbers, and every kind of number that a processor treats in its own way; ties are frequent.
Bits random_floats(std::mt19937_64& random, bool nan) {
  const float special[] = {0.0f, -0.0f, 1.0f, -1.0f, 1e-41f, -1e-41f, std::numeric_limits<float>::infinity(),
                           -std::numeric_limits<float>::infinity(), std::nanf(""), -std::nanf("")};
  Bits bits(kCount);
  for (auto& word : bits) {
    const std::size_t kind = random() % 16;
    const float ordinary = static_cast<float>(static_cast<double>(random() % 2000) / 100.0 - 10.0);
    word = std::bit_cast<std::uint32_t>(kind < (nan ? 10 : 8) ? special[kind] : ordinary);
  }
  return bits;
}

/// Buffers at the same addresses for every input.
struct Arena {
  Bits in = Bits(kCount), out = Bits(kCount), indices = Bits(kCount);
  std::vector<std::uint64_t> scratch = std::vector<std::uint64_t>(kKept);
  std::uint32_t index = 0;
  std::uint32_t result = 0;
};

using Kernel = std::function<void(Arena&)>;

struct Named {
  const char* name;
  Kernel shipped;
  Kernel traced;
};

oblivious::PoolGeometry pool_geometry() {
  const auto& s = kPool;
  return {s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], s[9], s[10]};
}

std::vector<Named> kernels() {
  return {
      {"relu", [](Arena& a) { oblivious::relu(a.in.data(), kCount, a.out.data()); },
       [](Arena& a) { traced::relu(a.in.data(), kCount, a.out.data()); }},
      {"argmax", [](Arena& a) { a.result = oblivious::arg_max(a.in.data(), kCount); },
       [](Arena& a) { a.result = traced::arg_max(a.in.data(), kCount); }},
      {"top-k",
       [](Arena& a) {
         oblivious::top_k(a.in.data(), kCount, kKept, a.scratch.data(), a.out.data(), a.indices.data());
       },
       [](Arena& a) { traced::top_k(a.in.data(), kCount, kKept, a.scratch.data(), a.out.data(), a.indices.data()); }},
      {"max-pool", [](Arena& a) { oblivious::max_pool(a.in.data(), pool_geometry(), a.out.data()); },
       [](Arena& a) { traced::max_pool(a.in.data(), kPool, a.out.data()); }},
      {"look-up",
       [](Arena& a) { oblivious::look_up(a.in.data(), kCount / kWidth, kWidth, a.index, a.out.data()); },
       [](Arena& a) { traced::look_up(a.in.data(), kCount / kWidth, kWidth, a.index, a.out.data()); }},
  };
}

[[maybe_unused]] const std::vector<Named>& leaky_kernels() {
  static const std::vector<Named> leaky = {
      {"branch", [](Arena& a) { a.result = traced::leaky_arg_max(a.in.data(), kCount); }, {}},
      {"address", [](Arena& a) { traced::leaky_look_up(a.in.data(), kWidth, a.index, a.out.data()); }, {}},
  };
  return leaky;
}

/// How many different traces the kernel leaves for random inputs; 0 if nothing can be traced.
std::size_t traces(const Kernel& kernel, Trace (*trace)(const std::function<void()>&), int inputs) {
  std::mt19937_64 random(kSeed);
  Arena arena;
  const std::function<void()> run = [&] { kernel(arena); };
  run();
  std::vector<Trace> seen;
  for (int i = 0; i < inputs; ++i) {
    const Bits input = random_floats(random, true);
    std::copy(input.begin(), input.end(), arena.in.begin());
    arena.index = static_cast<std::uint32_t>(random() % (kCount / kWidth));
    Trace taken = trace(run);
    if (!taken.empty() && std::find(seen.begin(), seen.end(), taken) == seen.end()) {
      seen.push_back(std::move(taken));
    }
  }
  return seen.size();
}

void test_traces() {
  const std::size_t steps = traces(kernels()[0].shipped, stepped_instructions, kSteppedInputs);
  const std::size_t accesses = traces(kernels()[0].traced, traced_accesses, kTracedInputs);
  for (const Named& kernel : kernels()) {
    const std::string what = std::string(kernel.name) + ", seed " + std::to_string(kSeed) + ": ";
    check(traces(kernel.shipped, stepped_instructions, kSteppedInputs) == steps,
          what + "instructions depend on values");
    check(traces(kernel.traced, traced_accesses, kTracedInputs) == accesses,
          what + "addresses or branches depend on values");
  }
  check(steps <= 1 && accesses <= 1, "one trace for all inputs");
#ifdef SILENDA_CAN_STEP
  check(steps == 1, "instructions are traced");
  check(traces(leaky_kernels()[0].shipped, stepped_instructions, kSteppedInputs) > 1,
        "a branch on a value shows in instructions");
#endif
#ifdef SILENDA_TRACED
  check(accesses == 1, "accesses are traced");
  for (const Named& leaky : leaky_kernels()) {
    check(traces(leaky.shipped, traced_accesses, kTracedInputs) > 1,
          std::string("a leaky ") + leaky.name + " shows in accesses");
  }
#endif
}

/// NaN below everything, the first of equals first.
std::vector<std::uint32_t> sorted_indices(const Bits& bits) {
  std::vector<std::uint32_t> order(bits.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const float x = as_float(bits[a]), y = as_float(bits[b]);
    return std::isnan(y) ? !std::isnan(x) : x > y;
  });
  return order;
}

void test_order(const Bits& in, const std::string& what) {
  const auto order = sorted_indices(in);
  check(oblivious::arg_max(in.data(), in.size()) == order[0], what + "argmax");
  for (std::size_t k = 1; k <= kKept; ++k) {
    std::vector<std::uint64_t> scratch(k);
    Bits values(k), indices(k);
    oblivious::top_k(in.data(), in.size(), k, scratch.data(), values.data(), indices.data());
    check(std::equal(indices.begin(), indices.end(), order.begin()), what + "top-k indices");
    for (std::size_t i = 0; i < k; ++i) {
      const float expected = as_float(in[order[i]]), seen = as_float(values[i]);
      check(std::isnan(expected) ? std::isnan(seen) : expected == seen, what + "top-k values");
    }
  }
}

void test_relu(const Bits& in, const std::string& what) {
  Bits out(in.size());
  oblivious::relu(in.data(), in.size(), out.data());
  for (std::size_t i = 0; i < in.size(); ++i) {
    const float x = as_float(in[i]), y = as_float(out[i]);
    check(std::isnan(x) ? std::isnan(y) : y == std::max(x, 0.0f) && !std::signbit(y), what + "relu");
  }
}

void test_look_up(const Bits& in, const std::string& what) {
  Bits out(kWidth);
  for (std::uint32_t row = 0; row < kCount / kWidth; ++row) {
    check(oblivious::look_up(in.data(), kCount / kWidth, kWidth, row, out.data()), what + "a row is found");
    check(std::equal(out.begin(), out.end(), in.begin() + row * kWidth), what + "look-up");
  }
  for (const std::uint32_t row : {static_cast<std::uint32_t>(kCount / kWidth), 0xffffffffu}) {
    check(!oblivious::look_up(in.data(), kCount / kWidth, kWidth, row, out.data()), what + "no such row");
    check(out == Bits(kWidth), what + "nothing of the table");
  }
}

void test_max_pool(const Bits& in, const std::string& what) {
  const oblivious::PoolGeometry g = pool_geometry();
  Bits out(g.planes * g.out_height * g.out_width);
  oblivious::max_pool(in.data(), g, out.data());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::size_t plane = i / (g.out_height * g.out_width);
    const auto row = static_cast<std::ptrdiff_t>(i / g.out_width % g.out_height * g.stride_height - g.pad_top);
    const auto column = static_cast<std::ptrdiff_t>(i % g.out_width * g.stride_width - g.pad_left);
    float expected = -std::numeric_limits<float>::infinity();
    for (auto y = std::max<std::ptrdiff_t>(row, 0); y < std::min<std::ptrdiff_t>(row + 3, 6); ++y) {
      for (auto x = std::max<std::ptrdiff_t>(column, 0); x < std::min<std::ptrdiff_t>(column + 2, 4); ++x) {
        expected = std::max(expected, as_float(in[plane * 24 + static_cast<std::size_t>(y * 4 + x)]));
      }
    }
    check(as_float(out[i]) == expected, what + "max-pool");
  }
}

}  // namespace

void test_oblivious() {
  std::mt19937_64 random(kSeed);
  for (int i = 0; i < 200; ++i) {
    const std::string what = "oblivious, seed " + std::to_string(kSeed) + ", turn " + std::to_string(i) + ": ";
    const Bits in = random_floats(random, true);
    test_order(in, what);
    test_relu(in, what);
    test_look_up(in, what);
    test_max_pool(random_floats(random, false), what);
  }
  test_traces();
  std::cout << "oblivious: ok\n";
}

}  // namespace silenda::test
