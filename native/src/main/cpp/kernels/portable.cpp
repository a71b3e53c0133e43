#include "kernels/sets.h"
// Compiled with this set's flags.
#include "kernels/pointwise_template.h"

namespace silenda::kernels {
namespace {

__extension__ typedef unsigned __int128 Wide;

/// One 64-bit word at a time, with Harvey's and Shoup's multiplication. 14 spare bits make room for all layers of a
/// forward transform, so that both variants are the same.
template <bool Lazy>
class Portable {
 public:
  static constexpr std::size_t kLanes = 1;
  static constexpr int kLog2Lanes = 0;
  /// Of what the compiler makes of vectors of any length.
  static constexpr int kVectorLanes = 2;
  static constexpr std::uint64_t kLazyLimit = ~std::uint64_t{0};
  static constexpr int kDotVectors = 1;
  static constexpr int kWays = 1;
  static constexpr bool kSigned = false;
  /// Values below 2^50 times weights below 2^50.
  static constexpr std::size_t kMaxCentredTerms = 256;

  using V = std::uint64_t;
  struct Root {
    std::uint64_t value;
    std::uint64_t quotient;
  };
  using Accumulator = Wide;
  struct Position {
    std::size_t offset;
  };

  explicit Portable(std::uint64_t modulus)
      : modulus_(modulus), one_(make_root(1)), word_(make_root((~std::uint64_t{0} % modulus + 1) % modulus)) {}

  static void write_root(std::uint64_t root, std::uint64_t modulus, std::uint64_t* pair) {
    pair[0] = root;
    pair[1] = static_cast<std::uint64_t>((Wide{root} << 64) / modulus);
  }
  Root make_root(std::uint64_t root) const {
    std::uint64_t pair[2];
    write_root(root, modulus_, pair);
    return {pair[0], pair[1]};
  }
  static Root broadcast_root(const std::uint64_t* pair) { return {pair[0], pair[1]}; }
  static Root load_root(const std::uint64_t* pair) { return {pair[0], pair[1]}; }
  V broadcast(std::uint64_t value) const { return value; }

  V load(const std::uint64_t* source) const { return *source; }
  static V load_operand(const std::uint64_t* source) { return *source; }
  static void store_operand(std::uint64_t* out, V v) { *out = v; }
  void store(std::uint64_t* out, V v) const { *out = subtract_if(multiply(v, one_), modulus_); }
  void store_centred(std::uint64_t* out, V v, V) const { store(out, v); }
  V reduce_input(V v) const { return v; }
  /// Reduced, so that sums of many of them stay in a word.
  V operand(V v) const { return multiply(v, one_); }

  /// Below twice the prime, for any word.
  V multiply(V v, Root root) const {
    const auto quotient = static_cast<std::uint64_t>((Wide{v} * root.quotient) >> 64);
    return v * root.value - quotient * modulus_;
  }
  V accumulate(V sum, V term) const { return sum + term; }

  void forward_butterfly(V& x, V& y, Root root, bool) const {
    const V product = multiply(y, root);
    y = x - product + 2 * modulus_;
    x += product;
  }
  void inverse_butterfly(V& x, V& y, Root root, int) const {
    const V difference = x - y + 2 * modulus_;
    x = subtract_if(x + y, 2 * modulus_);
    y = multiply(difference, root);
  }
  void last_butterfly(V& x, V& y, Root scale, Root root) const {
    const V difference = x - y + 2 * modulus_;
    x = multiply(x + y, scale);
    y = multiply(difference, root);
  }

  static Accumulator zero() { return 0; }
  /// Operands are below 2^56, canonical residues below 2^50.
  std::size_t max_terms() const { return 256; }
  void multiply_accumulate(Accumulator& sum, V a, V b) const { sum += Wide{a} * b; }
  V reduce(Accumulator sum) const {
    return multiply(static_cast<std::uint64_t>(sum >> 64), word_) + multiply(static_cast<std::uint64_t>(sum), one_);
  }
  Accumulator restart(Accumulator sum) const { return reduce(sum); }

  static Position position(std::size_t block, const std::uint64_t*) { return {block}; }
  static V permute(V v, Position) { return v; }
  static void transpose(V*) {}

  using Unpacker = std::uint64_t;
  static Unpacker unpacker(std::size_t width) { return ~std::uint64_t{0} >> (64 - 8 * width); }
  V unpack(const std::uint8_t* source, Unpacker mask) const {
    std::uint64_t word;
    __builtin_memcpy(&word, source, sizeof word);
    return word & mask;
  }

 private:
  static V subtract_if(V v, V bound) { return v >= bound ? v - bound : v; }

  std::uint64_t modulus_;
  Root one_;
  Root word_;
};

constexpr KernelSet kSet = Kernels<Portable>::set("portable");

}  // namespace

const KernelSet& portable() { return kSet; }

}  // namespace silenda::kernels
