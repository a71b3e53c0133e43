#pragma once

#include <type_traits>

#include "kernels/kernel_set.h"

// Everything is in an unnamed namespace: each kernel set compiles it with its own instruction set, and the linker must
// never take one set's code for another's.
namespace silenda::kernels {
namespace {

#define SILENDA_INLINE [[gnu::always_inline]] inline

/// Blocks of this many words stay in the first-level cache from one pass to the next.
constexpr std::size_t kCachedWords = 2048;

template <int Begin, int End, class Body>
SILENDA_INLINE void unroll(Body body) {
  if constexpr (Begin < End) {
    body(std::integral_constant<int, Begin>{});
    unroll<Begin + 1, End>(body);
  }
}

#define SILENDA_BODY(...) [&](auto __VA_ARGS__) __attribute__((always_inline))

/// As many independent butterflies are computed in turns as it takes to fill the processor's window of instructions that
/// wait for their operands.
template <class A>
using Ways = typename A::V[A::kWays];

/// Decimation in time on 2^Layers vectors of each way in registers; roots(layer, group, way) gives a root.
template <class A, int Layers, class Roots>
SILENDA_INLINE void forward_layers(const A& a, Ways<A>* v, Roots roots) {
  unroll<0, Layers>(SILENDA_BODY(layer) {
    constexpr int half = 1 << (Layers - 1 - layer);
    unroll<0, (1 << layer)>(SILENDA_BODY(group) {
      unroll<0, half>(SILENDA_BODY(i) {
        constexpr int index = group * 2 * half + i;
        unroll<0, A::kWays>(SILENDA_BODY(way) {
          a.forward_butterfly(v[index][way], v[index + half][way], roots(layer, group, way), layer == 0 && index == 0);
        });
      });
    });
  });
}

/// The same backwards. Last marks the transform's last layer, where 1/N comes in.
template <class A, int Layers, bool Last, class Roots>
SILENDA_INLINE void inverse_layers(const A& a, Ways<A>* v, const NttTables& tables, Roots roots) {
  unroll<0, Layers>(SILENDA_BODY(step) {
    constexpr int layer = Layers - 1 - step;
    constexpr int half = 1 << (Layers - 1 - layer);
    if constexpr (Last && layer == 0) {
      const typename A::Root scale = A::broadcast_root(tables.inverse_degree);
      const typename A::Root scaled_root = A::broadcast_root(tables.scaled_inverse_root);
      unroll<0, half>(SILENDA_BODY(i) {
        unroll<0, A::kWays>(SILENDA_BODY(way) {
          a.last_butterfly(v[i][way], v[i + half][way], scale, scaled_root);
        });
      });
    } else {
      unroll<0, (1 << layer)>(SILENDA_BODY(group) {
        unroll<0, half>(SILENDA_BODY(i) {
          constexpr int index = group * 2 * half + i;
          unroll<0, A::kWays>(SILENDA_BODY(way) {
            a.inverse_butterfly(v[index][way], v[index + half][way], roots(layer, group, way),
                                layer == 0 ? index : 2);
          });
        });
      });
    }
  });
}

/// Layers that see one block of the transform, all at once, from memory to memory.
template <class A, int Layers, bool Integers>
void forward_pass(const A& a, const NttTables& tables, const std::uint64_t* in, std::uint64_t* out,
                  std::size_t length, std::size_t root_index) {
  constexpr int count = 1 << Layers;
  const std::size_t stride = length >> Layers;
  typename A::Root roots[count];
  unroll<0, Layers>(SILENDA_BODY(layer) {
    unroll<0, (1 << layer)>(SILENDA_BODY(group) {
      roots[(1 << layer) + group] = A::broadcast_root(tables.forward_roots + 2 * ((root_index << layer) + group));
    });
  });
  for (std::size_t i = 0; i < stride; i += A::kWays * A::kLanes) {
    Ways<A> v[count];
    unroll<0, count>(SILENDA_BODY(k) {
      unroll<0, A::kWays>(SILENDA_BODY(way) {
        const std::uint64_t* source = in + k * stride + i + way * A::kLanes;
        v[k][way] = Integers ? a.reduce_input(a.load(source)) : A::load_operand(source);
      });
    });
    forward_layers<A, Layers>(a, v, [&](auto layer, auto group, auto) __attribute__((always_inline)) {
      return roots[(1 << layer) + group];
    });
    unroll<0, count>(SILENDA_BODY(k) {
      unroll<0, A::kWays>(SILENDA_BODY(way) {
        A::store_operand(out + k * stride + i + way * A::kLanes, v[k][way]);
      });
    });
  }
}

template <class A, int Layers, bool Last>
void inverse_pass(const A& a, const NttTables& tables, std::uint64_t* data, std::size_t length,
                  std::size_t root_index) {
  constexpr int count = 1 << Layers;
  const std::size_t stride = length >> Layers;
  typename A::Root roots[count];
  unroll<0, Layers>(SILENDA_BODY(layer) {
    unroll<0, (1 << layer)>(SILENDA_BODY(group) {
      roots[(1 << layer) + group] = A::broadcast_root(tables.inverse_roots + 2 * ((root_index << layer) + group));
    });
  });
  for (std::size_t i = 0; i < stride; i += A::kWays * A::kLanes) {
    Ways<A> v[count];
    unroll<0, count>(SILENDA_BODY(k) {
      unroll<0, A::kWays>(SILENDA_BODY(way) {
        v[k][way] = A::load_operand(data + k * stride + i + way * A::kLanes);
      });
    });
    inverse_layers<A, Layers, Last>(a, v, tables, [&](auto layer, auto group, auto) __attribute__((always_inline)) {
      return roots[(1 << layer) + group];
    });
    unroll<0, count>(SILENDA_BODY(k) {
      unroll<0, A::kWays>(SILENDA_BODY(way) {
        std::uint64_t* const target = data + k * stride + i + way * A::kLanes;
        if constexpr (Last) {
          a.store(target, v[k][way]);
        } else {
          A::store_operand(target, v[k][way]);
        }
      });
    });
  }
}

}  // namespace
}  // namespace silenda::kernels
