#pragma once

#include <cstddef>
#include <cstdint>

namespace silenda::kernels {

/// Roots of one prime at one degree, laid out for one kernel set. A root is a pair of words that the set made:
/// the root, and its quotient by the prime. Indices are those of Harvey's butterflies: group i of the layer with m
/// groups uses root m + i, a power of the 2N-th root that SEAL uses, in bit-reversed order.
struct NttTables {
  std::uint64_t modulus;
  int log2_degree;
  /// Pairs by index, for the layers whose groups are longer than a vector.
  const std::uint64_t* forward_roots;
  const std::uint64_t* inverse_roots;
  /// For each block of lanes*lanes coefficients the vectors of roots of the remaining layers, in the order in which
  /// they are used, each followed by the vector of its quotients.
  const std::uint64_t* forward_vectors;
  const std::uint64_t* inverse_vectors;
  /// 1/N, and inverse root 1 divided by N.
  std::uint64_t inverse_degree[2];
  std::uint64_t scaled_inverse_root[2];
};

/// Canonical residues are integers below the prime. Operands are whatever a kernel set multiplies fastest; only
/// kernels of the same set read them. Centred residues are numbers between minus and plus half of the prime, which keep
/// their value modulo another prime; a kernel set may add half of the prime to them, rounded down.
enum class Format { kCanonical, kOperand, kCentred };

/// Where a kernel reads an automorphism's argument: block b of the result (lanes words) is block source[b] >> 8,
/// its lanes permuted by permutations[source[b] & 255].
struct Permutation {
  const std::uint32_t* source;
  const std::uint64_t* permutations;
};

struct CombineTerm {
  const std::uint64_t* values;
  std::uint64_t weight;
  /// Of centred values: half of their own prime, rounded down.
  std::uint64_t half = 0;
};

/// values times weight, added over the terms, plus a constant, plus an operand where there is one.
struct Combination {
  std::uint64_t modulus;
  const CombineTerm* terms;
  std::size_t term_count;
  std::uint64_t constant;
  const std::uint64_t* addend;
  std::size_t size;
  /// kCanonical stands for any integers below 2^50, kCentred for centred residues of other primes below 2^50.
  Format values_format = Format::kCanonical;
};

struct DotTerm {
  const std::uint64_t* shared;
  const std::uint64_t* first;
  const std::uint64_t* second;
};

/// So many words of one polynomial lie together in a stream of packed polynomials.
constexpr std::size_t kPackedWords = 8;
/// Bytes behind a stream that may be read.
constexpr std::size_t kPackedPadding = 64;

/// The first and second factors of all terms in one stream, which is read from memory once: kPackedWords words of the
/// first term's first factor and as many of its second one, the same of the other terms, then the next words. Each word
/// takes width bytes, canonical; from one group of words to the next it is stride bytes.
struct PackedPairs {
  const std::uint8_t* bytes;
  std::size_t width;
  std::size_t stride;
};

/// Two sums of products that share one factor: first = sum of shared * first, second = sum of shared * second, and
/// what is to be added. Null addends count as zero. The permutation, unless null, applies to the shared factors
/// and to permuted_addend. Pairs, unless null, stand for what terms name as first and second. Outputs may be the same
/// memory as their addends.
struct DotRequest {
  std::uint64_t modulus;
  const DotTerm* terms;
  std::size_t term_count;
  const PackedPairs* pairs;
  Format shared_format;
  Format output_format;
  const Permutation* permutation;
  /// Operands.
  const std::uint64_t* permuted_addend;
  const std::uint64_t* first_addend;
  const std::uint64_t* second_addend;
  std::uint64_t* first_out;
  std::uint64_t* second_out;
  /// Words begin..end of the outputs are computed; word i goes to out[i - origin].
  std::size_t begin;
  std::size_t end;
  std::size_t origin;
};

struct PackedTerm {
  /// Operands.
  const std::uint64_t* first;
  const std::uint64_t* second;
};

/// The same two sums where the shared factors are packed in one stream, which is read from memory once: kPackedWords
/// words of each term's in turn, width bytes a word, canonical. All pointers are to the first word that is computed.
struct PackedDotRequest {
  std::uint64_t modulus;
  const std::uint8_t* shared;
  std::size_t width;
  const PackedTerm* terms;
  std::size_t term_count;
  Format first_format;
  Format second_format;
  std::uint64_t* first_out;
  std::uint64_t* second_out;
  std::size_t size;
};

/// The product of two ciphertexts of size 2, canonical in and out.
struct TensorRequest {
  std::uint64_t modulus;
  const std::uint64_t* left[2];
  const std::uint64_t* right[2];
  std::uint64_t* out[3];
  std::size_t size;
};

/// Complex roots of unity of one degree, for the canonical embedding (Cheon, Kim, Kim and Song, ASIACRYPT 2017): a real
/// polynomial of degree N is, modulo X^(N/2) - i, one of N/2 complex coefficients m_k + i m_(k + N/2), whose values at the
/// N/2 roots of that are its slots. Layers are those of NttTables.
struct EmbeddingTables {
  int log2_slots;
  /// Pairs of real and imaginary parts, by index.
  const double* roots;
  /// For each block of lanes*lanes coefficients the vectors of roots of the layers within a vector, real parts before
  /// imaginary ones.
  const double* tile_roots;
};

/// A generator makes so many words at a time.
constexpr std::size_t kGeneratorWords = 512;

/// One implementation of every kernel, for primes below 2^50 and degrees from 1024. Sizes are multiples of 64.
struct KernelSet {
  const char* name;
  std::size_t lanes;
  void (*make_root)(std::uint64_t root, std::uint64_t modulus, std::uint64_t* pair);
  /// Coefficients to SEAL's order of values: integers below 2^50, reduced or not, or operands. In and out may be
  /// the same.
  void (*forward)(const NttTables& tables, const std::uint64_t* in, Format in_format, std::uint64_t* out,
                  Format format);
  /// Canonical in and out; may be the same.
  void (*inverse)(const NttTables& tables, const std::uint64_t* in, std::uint64_t* out);
  void (*to_operand)(std::uint64_t modulus, const std::uint64_t* in, std::uint64_t* out, std::size_t size);
  void (*combine)(const Combination& combination, std::uint64_t* out, Format format);
  void (*dot)(const DotRequest& request);
  void (*packed_dot)(const PackedDotRequest& request);
  void (*tensor)(const TensorRequest& request);
  /// Any words; in and out are different memory.
  void (*permute)(const Permutation& permutation, const std::uint64_t* in, std::uint64_t* out, std::size_t size);
  std::size_t embedding_lanes;
  /// In place: coefficients, real and imaginary parts, to slots in the order of OwnedEmbeddingTables.
  void (*embed)(const EmbeddingTables& tables, double* real, double* imaginary);
  /// Back, times the number of slots.
  void (*unembed)(const EmbeddingTables& tables, double* real, double* imaginary);
  /// Words kGeneratorWords * counter and on of the stream that SEAL's Blake2xbPRNG makes of a key of 8 words.
  void (*generate)(const std::uint64_t* key, std::uint64_t counter, std::uint64_t* out);
};

}  // namespace silenda::kernels
