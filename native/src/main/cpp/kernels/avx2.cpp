#include <immintrin.h>

#include "kernels/sets.h"
// Compiled with this set's flags.
#include "kernels/pointwise_template.h"

namespace silenda::kernels {
namespace {

/// Four residues as doubles that hold integers. There is no wide integer multiplication in AVX2, but a fused
/// multiply-add gives both halves of a product: h = a*b rounded, l = a*b - h exact (as in FLINT's fft_small).
/// A product with a root w is reduced by q = round(a * (w/p)), h - q*p + l, exact as long as |a| < 2^52.
///
/// With roots in (-p/2, p/2) the result is at most (1/2 + |a| 2^-54) p: 0.57 p for |a| < 2^50. One value of four is
/// reduced in each pass of two layers, which bounds all by 1.9 p < 2^51 for a prime below 2^50. Primes below 2^46
/// need no reduction in the forward transform: 17 layers add at most 9.7 p.
template <bool Lazy>
class Avx2 {
 public:
  static constexpr std::size_t kLanes = 4;
  static constexpr int kLog2Lanes = 2;
  /// Of what the compiler makes of vectors of any length.
  static constexpr int kVectorLanes = 4;
  static constexpr std::uint64_t kLazyLimit = std::uint64_t{1} << 46;
  static constexpr int kDotVectors = 2;
  static constexpr int kWays = 2;
  static constexpr bool kSigned = true;
  /// Centred values are below 2^49, weights at most half the prime: products below 2^94 (strict 2^98), see max_terms.
  static constexpr std::size_t kMaxCentredTerms = 8;

  using V = __m256d;
  struct Root {
    V value;
    V quotient;
  };
  /// The sum of all products is low - high, both exact integers: high holds what rounding to multiples of a power of
  /// two leaves of each product, negated, and low the rest. Lazy, high is what the split has lost so far.
  struct Accumulator {
    V high;
    V low;
  };
  struct Position {
    std::size_t offset;
    __m256i lanes;
  };

  explicit Avx2(std::uint64_t modulus)
      : modulus_value_(static_cast<double>(modulus)),
        modulus_(_mm256_set1_pd(modulus_value_)),
        inverse_(_mm256_set1_pd(1.0 / modulus_value_)) {}

  static void write_root(std::uint64_t root, std::uint64_t modulus, std::uint64_t* pair) {
    const double centred = centre(root, modulus);
    const double quotient = centred / static_cast<double>(modulus);
    __builtin_memcpy(pair, &centred, sizeof centred);
    __builtin_memcpy(pair + 1, &quotient, sizeof quotient);
  }
  Root make_root(std::uint64_t root) const {
    const double value = static_cast<double>(root);
    const double centred = value > modulus_value_ / 2 ? value - modulus_value_ : value;
    return {_mm256_set1_pd(centred), _mm256_set1_pd(centred / modulus_value_)};
  }
  static Root broadcast_root(const std::uint64_t* pair) {
    const auto* values = reinterpret_cast<const double*>(pair);
    return {_mm256_broadcast_sd(values), _mm256_broadcast_sd(values + 1)};
  }
  static Root load_root(const std::uint64_t* vectors) {
    return {load_operand(vectors), load_operand(vectors + kLanes)};
  }
  V broadcast(std::uint64_t value) const { return _mm256_set1_pd(static_cast<double>(value)); }

  V load(const std::uint64_t* source) const {
    return to_double(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(source)));
  }
  static V load_operand(const std::uint64_t* source) {
    return _mm256_loadu_pd(reinterpret_cast<const double*>(source));
  }
  static void store_operand(std::uint64_t* out, V v) { _mm256_storeu_pd(reinterpret_cast<double*>(out), v); }
  void store(std::uint64_t* out, V v) const {
    const V shifted = _mm256_add_pd(canonical(v), _mm256_set1_pd(0x1p52));
    store_operand(out, _mm256_xor_pd(shifted, _mm256_set1_pd(0x1p52)));
  }
  /// Of a residue to which half the prime was added.
  void store_centred(std::uint64_t* out, V v, V half) const {
    store_operand(out, _mm256_sub_pd(canonical(v), half));
  }
  V reduce_input(V v) const { return v; }
  V operand(V v) const { return shrink(v); }

  V multiply(V v, Root root) const {
    const V quotient = _mm256_sub_pd(_mm256_fmadd_pd(v, root.quotient, rounder()), rounder());
    const V high = _mm256_mul_pd(v, root.value);
    const V low = _mm256_fmsub_pd(v, root.value, high);
    return _mm256_add_pd(_mm256_fnmadd_pd(quotient, modulus_, high), low);
  }
  V accumulate(V sum, V term) const {
    const V total = _mm256_add_pd(sum, term);
    return Lazy ? total : shrink(total);
  }

  void forward_butterfly(V& x, V& y, Root root, bool first) const {
    const V base = first && !Lazy ? shrink(x) : x;
    const V product = multiply(y, root);
    x = _mm256_add_pd(base, product);
    y = _mm256_sub_pd(base, product);
  }
  void inverse_butterfly(V& x, V& y, Root root, int index) const {
    const V sum = _mm256_add_pd(x, y);
    const V difference = _mm256_sub_pd(x, y);
    x = index == 0 || (index == 1 && !Lazy) ? shrink(sum) : sum;
    y = multiply(difference, root);
  }
  void last_butterfly(V& x, V& y, Root scale, Root root) const {
    const V sum = _mm256_add_pd(x, y);
    const V difference = _mm256_sub_pd(x, y);
    x = multiply(sum, scale);
    y = multiply(difference, root);
  }

  static Accumulator zero() { return start(_mm256_setzero_pd()); }
  /// Factors are residues, or operands of at most half the prime. High parts are multiples of 2^46 (strict: 2^50).
  /// Lazy, the split keeps its exponent while their sum is below 2^97: 32 products below 2^92. Strict, their sum is exact
  /// below 2^103: 8 products below 2^100. The sum of the low parts stays below 32 * 2^45 (8 * 2^49), which leaves room
  /// for the reduced high part below 2^53.
  std::size_t max_terms() const { return Lazy ? 32 : 8; }
  void multiply_accumulate(Accumulator& sum, V a, V b) const {
    if constexpr (Lazy) {
      const V high = _mm256_fmadd_pd(a, b, sum.high);
      sum.low = _mm256_add_pd(sum.low, _mm256_fmadd_pd(a, b, _mm256_sub_pd(sum.high, high)));
      sum.high = high;
    } else {
      const V high = _mm256_sub_pd(split(), _mm256_fmadd_pd(a, b, split()));
      sum.low = _mm256_add_pd(sum.low, _mm256_fmadd_pd(a, b, high));
      sum.high = _mm256_add_pd(sum.high, high);
    }
  }
  /// An integer below 2^53 in absolute value.
  V reduce(const Accumulator& sum) const {
    const V high = Lazy ? _mm256_sub_pd(split(), sum.high) : sum.high;
    const V quotient = _mm256_round_pd(_mm256_mul_pd(high, inverse_), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    return shrink(_mm256_sub_pd(sum.low, _mm256_fnmadd_pd(quotient, modulus_, high)));
  }
  Accumulator restart(const Accumulator& sum) const { return start(reduce(sum)); }

  static Position position(std::size_t block, const std::uint64_t* permutation) {
    const __m256i lanes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(permutation));
    const __m256i even = _mm256_slli_epi64(lanes, 1);
    const __m256i odd = _mm256_slli_epi64(_mm256_add_epi64(even, _mm256_set1_epi64x(1)), 32);
    return {block * kLanes, _mm256_or_si256(even, odd)};
  }
  static V permute(V v, const Position& position) {
    return _mm256_castps_pd(_mm256_permutevar8x32_ps(_mm256_castpd_ps(v), position.lanes));
  }

  /// Which bytes of 16 two packed residues take.
  struct Unpacker {
    __m256i bytes;
    std::size_t half;
  };
  static Unpacker unpacker(std::size_t width) {
    alignas(32) std::uint8_t bytes[32];
    for (std::size_t i = 0; i < 32; ++i) {
      const std::size_t in_word = i % 8;
      bytes[i] = static_cast<std::uint8_t>(in_word < width ? i % 16 / 8 * width + in_word : 0x80);
    }
    return {_mm256_load_si256(reinterpret_cast<const __m256i*>(bytes)), 2 * width};
  }
  V unpack(const std::uint8_t* source, const Unpacker& unpacker) const {
    const __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i*>(source));
    const __m128i high = _mm_loadu_si128(reinterpret_cast<const __m128i*>(source + unpacker.half));
    const __m256i both = _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
    return to_double(_mm256_shuffle_epi8(both, unpacker.bytes));
  }
  static void transpose(V* v) {
    const V low01 = _mm256_unpacklo_pd(v[0], v[1]);
    const V high01 = _mm256_unpackhi_pd(v[0], v[1]);
    const V low23 = _mm256_unpacklo_pd(v[2], v[3]);
    const V high23 = _mm256_unpackhi_pd(v[2], v[3]);
    v[0] = _mm256_permute2f128_pd(low01, low23, 0x20);
    v[1] = _mm256_permute2f128_pd(high01, high23, 0x20);
    v[2] = _mm256_permute2f128_pd(low01, low23, 0x31);
    v[3] = _mm256_permute2f128_pd(high01, high23, 0x31);
  }

 private:
  static double centre(std::uint64_t value, std::uint64_t modulus) {
    return value > modulus / 2 ? -static_cast<double>(modulus - value) : static_cast<double>(value);
  }
  /// Integers below 2^52 become the fraction of a double between 2^52 and 2^53.
  static V to_double(__m256i words) {
    const V shifted = _mm256_or_pd(_mm256_castsi256_pd(words), _mm256_set1_pd(0x1p52));
    return _mm256_sub_pd(shifted, _mm256_set1_pd(0x1p52));
  }
  static V split() { return _mm256_set1_pd(Lazy ? 0x1.8p98 : 0x1.8p102); }
  static Accumulator start(V low) { return {Lazy ? split() : _mm256_setzero_pd(), low}; }
  /// Adding it rounds to an integer whatever is below 2^51.
  static V rounder() { return _mm256_set1_pd(0x1.8p52); }
  V canonical(V v) const {
    const V small = shrink(v);
    const V negative = _mm256_cmp_pd(small, _mm256_setzero_pd(), _CMP_LT_OQ);
    return _mm256_add_pd(small, _mm256_and_pd(negative, modulus_));
  }
  /// To at most half the prime, in absolute value, for |v| < 2^53.
  V shrink(V v) const {
    const V quotient = _mm256_sub_pd(_mm256_fmadd_pd(v, inverse_, rounder()), rounder());
    return _mm256_fnmadd_pd(quotient, modulus_, v);
  }

  double modulus_value_;
  V modulus_;
  V inverse_;
};

constexpr KernelSet kSet = Kernels<Avx2>::set("avx2");

}  // namespace

const KernelSet& avx2() { return kSet; }

}  // namespace silenda::kernels
