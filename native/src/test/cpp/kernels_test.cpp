// Every kernel of every set that this processor runs, bit for bit against SEAL's arithmetic.
#include <bit>
#include <iostream>
#include <map>

#include "check.h"
#include "kernels/automorphism.h"
#include "kernels/dispatch.h"
#include "kernels/ntt_tables.h"
#include "residue_stream.h"
#include "seal/seal.h"
#include "seal/util/galois.h"
#include "seal/util/ntt.h"
#include "seal/util/numth.h"
#include "tests.h"

namespace silenda::test {
namespace {

using kernels::CombineTerm;
using kernels::DotRequest;
using kernels::DotTerm;
using kernels::Format;
using kernels::KernelSet;
__extension__ typedef unsigned __int128 Wide;

constexpr int kPrimeBits[] = {20, 24, 30, 34, 40, 43, 44, 45, 46, 47, 48, 49, 50};

class KernelTest {
 public:
  KernelTest(const KernelSet& set, int log2_degree, const seal::Modulus& prime, std::uint64_t seed)
      : set_(set),
        size_(std::size_t{1} << log2_degree),
        prime_(prime),
        modulus_(prime.value()),
        seal_(log2_degree, prime),
        owned_(set, log2_degree, modulus_, seal_.get_root()),
        random_(seed),
        what_(std::string(set.name) + " kernels, degree " + std::to_string(size_) + ", prime " +
              std::to_string(modulus_) + ", seed " + std::to_string(seed) + ": ") {}

  void run() {
    forward();
    inverse();
    combine();
    dot(3);
    packed_dot(5);
    if (size_ <= 2048) {
      dot(130);
      packed_dot(130);
    }
    tensor();
  }

 private:
  void expect_equal(const Words& actual, const Words& expected, const std::string& operation) const {
    check(actual == expected, what_ + operation);
  }

  Words to_operand(const Words& canonical) const {
    Words operand(canonical.size());
    set_.to_operand(modulus_, canonical.data(), operand.data(), canonical.size());
    return operand;
  }

  Words random(std::uint64_t bound) { return random_words(random_, size_, bound); }

  void forward() {
    for (const std::uint64_t bound : {modulus_, std::uint64_t{1} << 50}) {
      const Words in = random(bound);
      Words expected(size_);
      for (std::size_t i = 0; i < size_; ++i) {
        expected[i] = in[i] % modulus_;
      }
      seal::util::ntt_negacyclic_harvey(expected.data(), seal_);
      Words out(size_);
      set_.forward(owned_.tables(), in.data(), Format::kCanonical, out.data(), Format::kCanonical);
      expect_equal(out, expected, "forward transform");
      Words in_place = in;
      set_.forward(owned_.tables(), in_place.data(), Format::kCanonical, in_place.data(),
                   Format::kCanonical);
      expect_equal(in_place, expected, "forward transform in place");
      set_.forward(owned_.tables(), in.data(), Format::kCanonical, out.data(), Format::kOperand);
      expect_equal(times_one(out, Format::kOperand), expected, "forward transform to operands");
    }
  }

  Words times_one(const Words& values, Format format) const {
    const Words ones(size_, 1);
    const DotTerm term{values.data(), ones.data(), ones.data()};
    Words first(size_);
    Words second(size_);
    set_.dot(request(&term, 1, format, first, second));
    expect_equal(first, second, "both sums");
    return first;
  }

  DotRequest request(const DotTerm* terms, std::size_t count, Format shared, Words& first, Words& second) const {
    return {modulus_, terms,   count,   nullptr,      shared,        Format::kCanonical, nullptr,
            nullptr,  nullptr, nullptr, first.data(), second.data(), 0,                  size_, 0};
  }

  void inverse() {
    const Words in = random(modulus_);
    Words expected = in;
    seal::util::inverse_ntt_negacyclic_harvey(expected.data(), seal_);
    Words out(size_);
    set_.inverse(owned_.tables(), in.data(), out.data());
    expect_equal(out, expected, "inverse transform");
    Words in_place = in;
    set_.inverse(owned_.tables(), in_place.data(), in_place.data());
    expect_equal(in_place, expected, "inverse transform in place");
  }

  void combine() {
    for (const std::size_t count : {1U, 2U, 5U, 40U}) {
      std::vector<Words> values;
      std::vector<CombineTerm> terms;
      for (std::size_t i = 0; i < count; ++i) {
        values.push_back(random(std::uint64_t{1} << 50));
      }
      for (const Words& value : values) {
        terms.push_back({value.data(), random_() % modulus_});
      }
      const std::uint64_t constant = random_() % modulus_;
      const Words addend = random(modulus_);
      Words expected(size_);
      for (std::size_t i = 0; i < size_; ++i) {
        Wide sum = Wide{constant} + addend[i];
        for (const CombineTerm& term : terms) {
          sum += Wide{term.weight} * term.values[i];
        }
        expected[i] = static_cast<std::uint64_t>(sum % modulus_);
      }
      const Words operand = to_operand(addend);
      Words out(size_);
      set_.combine({modulus_, terms.data(), count, constant, operand.data(), size_}, out.data(), Format::kCanonical);
      expect_equal(out, expected, "combination");
      set_.combine({modulus_, terms.data(), count, constant, operand.data(), size_}, out.data(), Format::kOperand);
      expect_equal(times_one(out, Format::kOperand), expected, "combination to operands");
    }
  }

  void dot(std::size_t count) {
    std::vector<Words> shared, first, second;
    for (std::size_t i = 0; i < count; ++i) {
      shared.push_back(random(modulus_));
      first.push_back(random(modulus_));
      second.push_back(random(modulus_));
    }
    const auto log2_degree = std::countr_zero(size_);
    const auto element = static_cast<std::uint32_t>((random_() % size_) * 2 + 1);
    seal::util::GaloisTool galois(log2_degree, seal::MemoryManager::GetPool());
    const kernels::Automorphism automorphism(set_, log2_degree, element);
    const kernels::Permutation permutation = automorphism.permutation();
    const Words permuted_addend = random(modulus_);
    const Words addend = random(modulus_);
    std::vector<Words> permuted;
    for (const Words& words : shared) {
      permuted.push_back(permute(galois, element, words));
      Words applied(size_);
      automorphism.apply(words.data(), applied.data());
      expect_equal(applied, permuted.back(), "automorphism");
    }
    const Words added = permute(galois, element, permuted_addend);
    check_dots(shared, first, second, nullptr, permuted_addend, permuted_addend, addend);
    check_dots(permuted, first, second, &permutation, permuted_addend, added, addend, &shared);
  }

  std::uint64_t add_product(std::uint64_t sum, std::uint64_t a, std::uint64_t b) const {
    return static_cast<std::uint64_t>((sum + Wide{a} * b) % modulus_);
  }

  void packed_dot(std::size_t count) {
    std::vector<Words> shared, first, second;
    std::vector<const std::uint64_t*> polynomials;
    std::vector<kernels::PackedTerm> terms;
    Words expected_first(size_), expected_second(size_);
    for (std::size_t i = 0; i < count; ++i) {
      shared.push_back(random(modulus_));
      const Words factors[2] = {random(modulus_), random(modulus_)};
      for (std::size_t k = 0; k < size_; ++k) {
        expected_first[k] = add_product(expected_first[k], shared[i][k], factors[0][k]);
        expected_second[k] = add_product(expected_second[k], shared[i][k], factors[1][k]);
      }
      first.push_back(to_operand(factors[0]));
      second.push_back(to_operand(factors[1]));
    }
    // From the second half on, as a tile is.
    const std::size_t begin = size_ / 2;
    for (std::size_t i = 0; i < count; ++i) {
      polynomials.push_back(shared[i].data());
      terms.push_back({first[i].data() + begin, second[i].data() + begin});
    }
    const ResidueStream stream(polynomials, size_, modulus_);
    Words unpacked(size_);
    stream.unpack(count - 1, unpacked.data());
    expect_equal(unpacked, shared.back(), "unpacking");
    Words first_out(size_ - begin), second_out(size_ - begin);
    set_.packed_dot({modulus_, stream.at(begin), stream.width(), terms.data(), count, Format::kCanonical,
                     Format::kCanonical, first_out.data(), second_out.data(), size_ - begin});
    expect_equal(first_out, Words(expected_first.begin() + begin, expected_first.end()), "first packed sum");
    expect_equal(second_out, Words(expected_second.begin() + begin, expected_second.end()), "second packed sum");
  }

  Words permute(const seal::util::GaloisTool& galois, std::uint32_t element, const Words& words) const {
    Words result(size_);
    galois.apply_galois_ntt(words.data(), element, result.data());
    return result;
  }

  /// expected_shared are the factors, and shared what the kernel is given, where that differs.
  void check_dots(const std::vector<Words>& expected_shared, const std::vector<Words>& first,
                  const std::vector<Words>& second, const kernels::Permutation* permutation,
                  const Words& permuted_addend, const Words& expected_addend, const Words& addend,
                  const std::vector<Words>* shared = nullptr) {
    Words expected_first(size_), expected_second(size_);
    for (std::size_t i = 0; i < size_; ++i) {
      Wide first_sum = Wide{expected_addend[i]} + addend[i];
      Wide second_sum = addend[i];
      for (std::size_t k = 0; k < first.size(); ++k) {
        first_sum += Wide{expected_shared[k][i]} * first[k][i];
        second_sum += Wide{expected_shared[k][i]} * second[k][i];
      }
      expected_first[i] = static_cast<std::uint64_t>(first_sum % modulus_);
      expected_second[i] = static_cast<std::uint64_t>(second_sum % modulus_);
    }
    const std::vector<Words>& given = shared == nullptr ? expected_shared : *shared;
    const Words permuted_operand = to_operand(permuted_addend);
    const Words operand = to_operand(addend);
    std::vector<const std::uint64_t*> factors;
    for (std::size_t k = 0; k < first.size(); ++k) {
      factors.insert(factors.end(), {first[k].data(), second[k].data()});
    }
    const ResidueStream stream(factors, size_, modulus_);
    const kernels::PackedPairs packed{stream.at(0), stream.width(),
                                      factors.size() * kernels::kPackedWords * stream.width()};
    const kernels::PackedPairs* const none = nullptr;
    for (const Format shared_format : {Format::kCanonical, Format::kOperand}) {
      for (const kernels::PackedPairs* const pairs : {none, &packed}) {
        if (permutation != nullptr && shared_format == Format::kCanonical) {
          continue;
        }
        std::vector<Words> copies;
        const auto formatted = [&](const Words& words, Format format) {
          copies.push_back(format == Format::kOperand ? to_operand(words) : words);
          return copies.back().data();
        };
        copies.reserve(first.size());
        std::vector<DotTerm> terms;
        for (std::size_t k = 0; k < first.size(); ++k) {
          const bool plain = pairs == nullptr;
          terms.push_back({formatted(given[k], shared_format), plain ? first[k].data() : nullptr,
                           plain ? second[k].data() : nullptr});
        }
        Words first_out(size_), second_out(size_);
        DotRequest dot = request(terms.data(), terms.size(), shared_format, first_out, second_out);
        dot.pairs = pairs;
        dot.permutation = permutation;
        dot.permuted_addend = permuted_operand.data();
        dot.first_addend = operand.data();
        dot.second_addend = operand.data();
        set_.dot(dot);
        expect_equal(first_out, expected_first, "first sum of products");
        expect_equal(second_out, expected_second, "second sum of products");
        dot.output_format = Format::kOperand;
        set_.dot(dot);
        expect_equal(times_one(first_out, Format::kOperand), expected_first, "first sum as operands");
        expect_equal(times_one(second_out, Format::kOperand), expected_second, "second sum as operands");
      }
    }
  }

  void tensor() {
    const Words words[4] = {random(modulus_), random(modulus_), random(modulus_), random(modulus_)};
    Words out[3] = {Words(size_), Words(size_), Words(size_)};
    set_.tensor({modulus_,
                 {words[0].data(), words[1].data()},
                 {words[2].data(), words[3].data()},
                 {out[0].data(), out[1].data(), out[2].data()},
                 size_});
    for (std::size_t i = 0; i < size_; ++i) {
      check(out[0][i] == static_cast<std::uint64_t>(Wide{words[0][i]} * words[2][i] % modulus_), what_ + "tensor 0");
      check(out[1][i] == static_cast<std::uint64_t>(
                             (Wide{words[0][i]} * words[3][i] + Wide{words[1][i]} * words[2][i]) % modulus_),
            what_ + "tensor 1");
      check(out[2][i] == static_cast<std::uint64_t>(Wide{words[1][i]} * words[3][i] % modulus_), what_ + "tensor 2");
    }
  }

  const KernelSet& set_;
  std::size_t size_;
  seal::Modulus prime_;
  std::uint64_t modulus_;
  seal::util::NTTTables seal_;
  kernels::OwnedNttTables owned_;
  std::mt19937_64 random_;
  std::string what_;
};

/// Two in small rings, else one; none where there is none.
std::vector<seal::Modulus> primes(int log2_degree, int bits) {
  for (std::size_t count = log2_degree < 13 ? 2 : 1; count > 0; --count) {
    try {
      return seal::util::get_primes(std::uint64_t{2} << log2_degree, bits, count);
    } catch (const std::logic_error&) {
    }
  }
  return {};
}

}  // namespace

std::vector<const KernelSet*> tested_kernel_sets() {
  std::vector<const KernelSet*> sets = kernels::supported_kernel_sets();
  sets.push_back(&kernels::avx512ifma_emulated());
  return sets;
}

void test_kernels(int max_log2_degree) {
  for (const KernelSet* set : tested_kernel_sets()) {
    int cases = 0;
    for (int log2_degree = 10; log2_degree <= max_log2_degree; ++log2_degree) {
      for (const int bits : kPrimeBits) {
        for (const seal::Modulus& prime : primes(log2_degree, bits)) {
          KernelTest(*set, log2_degree, prime, static_cast<std::uint64_t>(++cases)).run();
        }
      }
    }
    std::cout << set->name << " kernels: " << cases << " pairs of degree and prime agree with SEAL\n";
  }
}

}  // namespace silenda::test
