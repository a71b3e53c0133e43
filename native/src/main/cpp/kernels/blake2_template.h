#pragma once

#include <cstring>
#include <utility>

#include "kernels/ntt_passes_template.h"

// In an unnamed namespace, as each kernel set compiles it with its own instruction set.
namespace silenda::kernels {
namespace {

/// Blake2Xb (BLAKE2X, Aumasson et al. 2016, over Blake2b, RFC 7693) as SEAL's generator runs it: kGeneratorWords words
/// from a key of 64 bytes and a counter. The root hash is one after the other; behind it every block of 64 bytes is a
/// hash of its own, and each lane computes another one.
template <int Lanes>
class Blake2 {
 public:
  static void generate(const std::uint64_t* key, std::uint64_t counter, std::uint64_t* out) {
    std::uint64_t root[kHalf] = {};
    const std::uint64_t second[kHalf] = {counter};
    Vector state[kHalf];
    start(kRootParameters, Vector{}, 0, state);
    compress(state, key, kBlockBytes, 0);
    compress(state, second, kBlockBytes + sizeof counter, ~std::uint64_t{0});
    std::uint64_t lanes[kHalf][Lanes];
    std::memcpy(lanes, state, sizeof lanes);
    for (int i = 0; i < kHalf; ++i) {
      root[i] = lanes[i][0];
    }
    std::uint64_t offsets[Lanes];
    for (std::size_t begin = 0; begin < kGeneratorWords; begin += Lanes * kHalf) {
      for (std::size_t lane = 0; lane < Lanes; ++lane) {
        offsets[lane] = begin / kHalf + lane;
      }
      Vector offset;
      std::memcpy(&offset, offsets, sizeof offset);
      start(kLeafParameters, offset, kLeafInnerLength, state);
      compress(state, root, sizeof root, ~std::uint64_t{0});
      std::memcpy(lanes, state, sizeof lanes);
      for (std::size_t lane = 0; lane < Lanes; ++lane) {
        for (std::size_t i = 0; i < kHalf; ++i) {
          out[begin + lane * kHalf + i] = lanes[i][lane];
        }
      }
    }
    wipe(lanes, sizeof lanes);
    wipe(root, sizeof root);
    wipe(state, sizeof state);
  }

 private:
  typedef std::uint64_t Vector __attribute__((vector_size(Lanes * sizeof(std::uint64_t))));

  static constexpr int kHalf = 8;
  static constexpr std::uint64_t kBlockBytes = 128;
  /// The first word of the parameter block: lengths of digest and key, fan-out, depth and leaf length.
  static constexpr std::uint64_t kRootParameters = 64 | 64 << 8 | 1 << 16 | 1 << 24;
  static constexpr std::uint64_t kLeafParameters = 64 | std::uint64_t{64} << 32;
  static constexpr std::uint64_t kLeafInnerLength = 64 << 8;
  /// In bytes, the upper half of the second word.
  static constexpr std::uint64_t kOutputLength = kGeneratorWords * sizeof(std::uint64_t) << 32;

  static constexpr std::uint64_t kInitial[kHalf] = {
      0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
      0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
  static constexpr int kSchedule[10][16] = {
      {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
      {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
      {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
      {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
      {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};

  static void start(std::uint64_t parameters, const Vector& offset, std::uint64_t third, Vector* state) {
    for (int i = 0; i < kHalf; ++i) {
      state[i] = Vector{} + kInitial[i];
    }
    state[0] ^= parameters;
    state[1] ^= offset + kOutputLength;
    state[2] ^= third;
  }

  /// A block of which the second half is zero.
  static void compress(Vector* state, const std::uint64_t* words, std::uint64_t length, std::uint64_t last) {
    Vector v[2 * kHalf];
    for (int i = 0; i < kHalf; ++i) {
      v[i] = state[i];
      v[i + kHalf] = Vector{} + kInitial[i];
    }
    v[12] ^= length;
    v[14] ^= last;
    unroll<0, 12>(SILENDA_BODY(round) { mix_all<round % 10>(v, words); });
    for (int i = 0; i < kHalf; ++i) {
      state[i] ^= v[i] ^ v[i + kHalf];
    }
  }

  template <int Round>
  SILENDA_INLINE static void mix_all(Vector* v, const std::uint64_t* words) {
    unroll<0, 4>(SILENDA_BODY(i) { mix<Round, 2 * i>(v[i], v[4 + i], v[8 + i], v[12 + i], words); });
    unroll<0, 4>(SILENDA_BODY(i) {
      mix<Round, 8 + 2 * i>(v[i], v[4 + (i + 1) % 4], v[8 + (i + 2) % 4], v[12 + (i + 3) % 4], words);
    });
  }

  template <int Round, int Index>
  SILENDA_INLINE static void mix(Vector& a, Vector& b, Vector& c, Vector& d, const std::uint64_t* words) {
    half_mix<kSchedule[Round][Index], 32, 24>(a, b, c, d, words);
    half_mix<kSchedule[Round][Index + 1], 16, 63>(a, b, c, d, words);
  }

  template <int Word, int FirstTurn, int SecondTurn>
  SILENDA_INLINE static void half_mix(Vector& a, Vector& b, Vector& c, Vector& d, const std::uint64_t* words) {
    a += b;
    if constexpr (Word < kHalf) {
      a += words[Word];
    }
    d ^= a;
    turn<FirstTurn>(d);
    c += d;
    b ^= c;
    turn<SecondTurn>(b);
  }

  /// To the right. AVX2 has no rotation, but moves bytes.
  template <int Bits>
  SILENDA_INLINE static void turn(Vector& v) {
#if __has_builtin(__builtin_shufflevector)
    if constexpr (Lanes == 4 && Bits % 8 == 0) {
      return move_bytes<Bits / 8>(v, std::make_integer_sequence<int, Lanes * 8>());
    }
#endif
    v = v >> Bits | v << (64 - Bits);
  }

#if __has_builtin(__builtin_shufflevector)
  typedef std::uint8_t Bytes __attribute__((vector_size(Lanes * sizeof(std::uint64_t))));

  template <int Turn, int... Index>
  SILENDA_INLINE static void move_bytes(Vector& v, std::integer_sequence<int, Index...>) {
    const Bytes bytes = (Bytes)v;
    v = (Vector)__builtin_shufflevector(bytes, bytes, ((Index & ~7) | ((Index + Turn) & 7))...);
  }
#endif

  /// Whoever knows the state knows what follows. The barrier keeps the compiler from leaving this out.
  static void wipe(void* memory, std::size_t size) {
    std::memset(memory, 0, size);
    asm volatile("" : : "r"(memory) : "memory");
  }
};

}  // namespace
}  // namespace silenda::kernels
