// Tests compile this file for emulated instructions, too.
#ifdef SILENDA_EMULATED_AVX512
#define SILENDA_AVX512_NAME "emulated avx512ifma"
#else
#define SILENDA_AVX512_NAME "avx512ifma"
#include <immintrin.h>
#endif

#include "kernels/sets.h"
// Compiled with this set's flags.
#include "kernels/pointwise_template.h"

namespace silenda::kernels {
namespace {

__extension__ typedef unsigned __int128 Wide;

/// Eight residues at a time with 52-bit multiply-adds. Products with a root are Shoup's: below twice the prime for
/// any integer below 2^52. Strict keeps values below four primes; lazy, for primes below 2^44, lets them grow by two
/// primes in each layer and never subtracts.
template <bool Lazy>
class Avx512Ifma {
 public:
  static constexpr std::size_t kLanes = 8;
  static constexpr int kLog2Lanes = 3;
  /// Of what the compiler makes of vectors of any length.
  static constexpr int kVectorLanes = 8;
  static constexpr std::uint64_t kLazyLimit = std::uint64_t{1} << 44;
  static constexpr int kDotVectors = 2;
  static constexpr int kWays = 1;
  static constexpr bool kSigned = false;
  static constexpr std::size_t kMaxCentredTerms = 1024;

  using V = __m512i;
  struct Root {
    V value;
    V quotient;
  };
  struct Accumulator {
    V low;
    V high;
  };
  struct Position {
    std::size_t offset;
    V lanes;
  };

  explicit Avx512Ifma(std::uint64_t modulus)
      : modulus_value_(modulus),
        modulus_(set(modulus)),
        twice_(set(2 * modulus)),
        inverse_(set((std::uint64_t{1} << 52) / modulus)) {}

  static void write_root(std::uint64_t root, std::uint64_t modulus, std::uint64_t* pair) {
    pair[0] = root;
    pair[1] = static_cast<std::uint64_t>((Wide{root} << 52) / modulus);
  }
  Root make_root(std::uint64_t root) const {
    std::uint64_t pair[2];
    write_root(root, modulus_value_, pair);
    return broadcast_root(pair);
  }
  static Root broadcast_root(const std::uint64_t* pair) { return {set(pair[0]), set(pair[1])}; }
  static Root load_root(const std::uint64_t* vectors) {
    return {load_operand(vectors), load_operand(vectors + kLanes)};
  }
  V broadcast(std::uint64_t value) const { return set(value); }

  V load(const std::uint64_t* source) const { return load_operand(source); }
  static V load_operand(const std::uint64_t* source) { return _mm512_loadu_si512(source); }
  static void store_operand(std::uint64_t* out, V v) { _mm512_storeu_si512(out, v); }
  void store(std::uint64_t* out, V v) const { store_operand(out, subtract_if(barrett(v), modulus_)); }
  void store_centred(std::uint64_t* out, V v, V) const { store(out, v); }
  V reduce_input(V v) const { return Lazy ? v : barrett(v); }
  /// Sums over many giant steps come back as addends: lazy ones are brought below two primes each time.
  V operand(V v) const { return Lazy ? barrett(v) : subtract_if(v, twice_); }

  V multiply(V v, Root root) const {
    const V zero = _mm512_setzero_si512();
    const V quotient = _mm512_madd52hi_epu64(zero, v, root.quotient);
    return low_bits(_mm512_sub_epi64(_mm512_madd52lo_epu64(zero, v, root.value),
                                     _mm512_madd52lo_epu64(zero, quotient, modulus_)));
  }
  V accumulate(V sum, V term) const {
    const V total = _mm512_add_epi64(sum, term);
    return Lazy ? total : subtract_if(total, twice_);
  }

  void forward_butterfly(V& x, V& y, Root root, bool) const {
    const V base = Lazy ? x : subtract_if(x, twice_);
    const V product = multiply(y, root);
    x = _mm512_add_epi64(base, product);
    y = _mm512_add_epi64(_mm512_sub_epi64(base, product), twice_);
  }
  void inverse_butterfly(V& x, V& y, Root root, int) const {
    const V difference = _mm512_add_epi64(_mm512_sub_epi64(x, y), twice_);
    x = subtract_if(_mm512_add_epi64(x, y), twice_);
    y = multiply(difference, root);
  }
  void last_butterfly(V& x, V& y, Root scale, Root root) const {
    const V difference = _mm512_add_epi64(_mm512_sub_epi64(x, y), twice_);
    x = multiply(_mm512_add_epi64(x, y), scale);
    y = multiply(difference, root);
  }

  static Accumulator zero() { return {_mm512_setzero_si512(), _mm512_setzero_si512()}; }
  std::size_t max_terms() const { return 1024; }
  void multiply_accumulate(Accumulator& sum, V a, V b) const {
    sum.low = _mm512_madd52lo_epu64(sum.low, a, b);
    sum.high = _mm512_madd52hi_epu64(sum.high, a, b);
  }
  /// Below twice the prime; lazy, below six primes.
  V reduce(const Accumulator& sum) const {
    const V high = _mm512_add_epi64(sum.high, _mm512_srli_epi64(sum.low, 52));
    const V upper = accumulate(multiply(low_bits(high), power(52)), multiply(_mm512_srli_epi64(high, 52), power(104)));
    return accumulate(upper, barrett(low_bits(sum.low)));
  }
  Accumulator restart(const Accumulator& sum) const { return {reduce(sum), _mm512_setzero_si512()}; }

  static Position position(std::size_t block, const std::uint64_t* permutation) {
    return {block * kLanes, load_operand(permutation)};
  }
  static V permute(V v, const Position& position) { return _mm512_permutexvar_epi64(position.lanes, v); }

  /// Which of 64 bytes eight packed residues take.
  struct Unpacker {
    V bytes;
    std::uint64_t mask;
  };
  static Unpacker unpacker(std::size_t width) {
    alignas(64) std::uint8_t bytes[64];
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < 64; ++i) {
      const std::size_t in_word = i % 8;
      bytes[i] = static_cast<std::uint8_t>(i / 8 * width + in_word);
      mask |= std::uint64_t{in_word < width} << i;
    }
    return {_mm512_loadu_si512(bytes), mask};
  }
  V unpack(const std::uint8_t* source, const Unpacker& unpacker) const {
    return _mm512_maskz_permutexvar_epi8(unpacker.mask, unpacker.bytes, _mm512_loadu_si512(source));
  }
  static void transpose(V* v) {
    V pairs[8];
    unroll<0, 4>(SILENDA_BODY(i) {
      pairs[i] = _mm512_unpacklo_epi64(v[2 * i], v[2 * i + 1]);
      pairs[4 + i] = _mm512_unpackhi_epi64(v[2 * i], v[2 * i + 1]);
    });
    unroll<0, 2>(SILENDA_BODY(odd) {
      const V* p = pairs + 4 * odd;
      const V low01 = _mm512_shuffle_i64x2(p[0], p[1], 0x44);
      const V high01 = _mm512_shuffle_i64x2(p[0], p[1], 0xEE);
      const V low23 = _mm512_shuffle_i64x2(p[2], p[3], 0x44);
      const V high23 = _mm512_shuffle_i64x2(p[2], p[3], 0xEE);
      v[odd] = _mm512_shuffle_i64x2(low01, low23, 0x88);
      v[2 + odd] = _mm512_shuffle_i64x2(low01, low23, 0xDD);
      v[4 + odd] = _mm512_shuffle_i64x2(high01, high23, 0x88);
      v[6 + odd] = _mm512_shuffle_i64x2(high01, high23, 0xDD);
    });
  }

 private:
  static V set(std::uint64_t value) { return _mm512_set1_epi64(static_cast<long long>(value)); }
  static V low_bits(V v) { return _mm512_and_si512(v, set((std::uint64_t{1} << 52) - 1)); }
  /// A difference that wraps around is the larger one.
  static V subtract_if(V v, V bound) { return _mm512_min_epu64(v, _mm512_sub_epi64(v, bound)); }
  /// Below twice the prime, for v below 2^52.
  V barrett(V v) const {
    const V zero = _mm512_setzero_si512();
    const V quotient = _mm512_madd52hi_epu64(zero, v, inverse_);
    return low_bits(_mm512_sub_epi64(v, _mm512_madd52lo_epu64(zero, quotient, modulus_)));
  }
  Root power(int exponent) const {
    return make_root(static_cast<std::uint64_t>((Wide{1} << exponent) % modulus_value_));
  }

  std::uint64_t modulus_value_;
  V modulus_;
  V twice_;
  V inverse_;
};

constexpr KernelSet kSet = Kernels<Avx512Ifma>::set(SILENDA_AVX512_NAME);

}  // namespace

const KernelSet& avx512ifma() { return kSet; }

}  // namespace silenda::kernels
