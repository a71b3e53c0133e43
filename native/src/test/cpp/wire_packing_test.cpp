// Bit packing: what is packed comes back, and what no encoder makes is refused.
#include "wire_packing.h"

#include <iostream>

#include "check.h"
#include "kernels/dispatch.h"
#include "seal/util/numth.h"
#include "tests.h"

namespace silenda::test {
namespace {

constexpr int kLog2Degree = 11;
constexpr std::size_t kDegree = std::size_t{1} << kLog2Degree;

using Bytes = std::vector<std::uint8_t>;

template <typename Call>
void expect_refusal(Call&& call, const std::string& what) {
  try {
    call();
  } catch (const std::invalid_argument&) {
    return;
  }
  check(false, what + " is refused");
}

void test_residues(std::mt19937_64& random, const seal::Modulus& prime, const std::string& what) {
  const Words words = random_words(random, kDegree, prime.value());
  Bytes packed(packed_bytes(kDegree, prime));
  check(packed.size() == kDegree / 8 * static_cast<std::size_t>(prime.bit_count()), what + "size");
  pack_residues(words.data(), kDegree, prime, packed);
  Words unpacked(kDegree);
  check(unpack_residues(packed, kDegree, prime, unpacked.data()), what + "unpacks");
  check(unpacked == words, what + "round trip");
  // Ones alone make the largest value of that width, which is above any prime but a Mersenne prime.
  std::fill(packed.end() - 8, packed.end(), std::uint8_t{0xff});
  check(!unpack_residues(packed, kDegree, prime, unpacked.data()), what + "a residue above the prime is refused");
  packed.pop_back();
  expect_refusal([&] { unpack_residues(packed, kDegree, prime, unpacked.data()); }, what + "a missing byte");
  expect_refusal([&] { pack_residues(words.data(), kDegree, prime, packed); }, what + "a short buffer");
}

void test_rounded(std::mt19937_64& random, const seal::Modulus& prime, const std::string& what) {
  const seal::util::NTTTables tables(kLog2Degree, prime);
  const Words words = random_words(random, kDegree, prime.value());
  Words residues = words;
  seal::util::ntt_negacyclic_harvey(residues.data(), tables);
  for (const int dropped : {0, 1, prime.bit_count() / 2, prime.bit_count() - 1}) {
    Bytes packed(packed_bytes(kDegree, prime, dropped));
    pack_rounded(residues.data(), tables, dropped, packed);
    Words unpacked(kDegree);
    check(unpack_rounded(packed, tables, dropped, unpacked.data()), what + "unpacks rounded");
    seal::util::inverse_ntt_negacyclic_harvey(unpacked.data(), tables);
    for (std::size_t i = 0; i < kDegree; ++i) {
      const std::uint64_t error = std::max(words[i], unpacked[i]) - std::min(words[i], unpacked[i]);
      check(error < std::uint64_t{1} << dropped, what + "rounding error");
    }
  }
  expect_refusal([&] { packed_bytes(kDegree, prime, prime.bit_count()); }, what + "dropping every bit");
}

void test_secret_key() {
  const std::vector<int> prime_bits = {40, 30, 50};
  const auto context = std::make_shared<const Context>(kDegree, prime_bits, kernels::choose_kernel_set(""));
  const SecretKey secret_key{context, seal::KeyGenerator(context->seal()).secret_key()};
  Bytes packed(packed_secret_key_bytes(*context));
  pack_secret_key(secret_key, packed);
  std::optional<SecretKey> unpacked = unpack_secret_key(context, packed);
  check(unpacked.has_value(), "a secret key unpacks");
  check(std::equal(unpacked->words(), unpacked->words() + unpacked->word_count(), secret_key.data.data().data()),
        "round trip of a secret key");
  packed[3] = 2;
  check(!unpack_secret_key(context, packed).has_value(), "a coefficient that is not ternary is refused");
}

}  // namespace

void test_wire_packing() {
  int cases = 0;
  for (const int bits : {20, 24, 31, 32, 33, 40, 47, 49, 50}) {
    for (const seal::Modulus& prime : seal::util::get_primes(2 * kDegree, bits, 1)) {
      const auto seed = static_cast<std::uint64_t>(++cases);
      std::mt19937_64 random(seed);
      const std::string what = "prime " + std::to_string(prime.value()) + ", seed " + std::to_string(seed) + ": ";
      test_residues(random, prime, what);
      test_rounded(random, prime, what);
    }
  }
  test_secret_key();
  std::cout << "wire packing: " << cases << " primes and a secret key\n";
}

}  // namespace silenda::test
