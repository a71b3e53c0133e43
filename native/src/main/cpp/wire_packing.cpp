#include "wire_packing.h"

#include <bit>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "seal/util/ntt.h"

namespace silenda {
namespace {

static_assert(std::endian::native == std::endian::little, "the wire is little-endian");

/// A value starts anywhere in a byte, so that one 64-bit access reaches values of up to 57 bits.
constexpr int kMaxBits = 57;
constexpr unsigned kWordBits = 64;

/// Up to 8 bytes, and never more than are left.
std::uint64_t load(const std::uint8_t* from, std::size_t left) {
  std::uint64_t word = 0;
  if (left >= sizeof(word)) {
    std::memcpy(&word, from, sizeof(word));
  } else {
    std::memcpy(&word, from, left);
  }
  return word;
}

std::size_t packed_bytes(std::size_t degree, int bits) {
  if (bits < 1 || bits > kMaxBits || degree % 8 != 0) {
    throw std::invalid_argument("a polynomial with " + std::to_string(bits) + " bits a coefficient");
  }
  return degree / 8 * static_cast<std::size_t>(bits);
}

void check(std::size_t degree, int bits, std::size_t size) {
  if (size != packed_bytes(degree, bits)) {
    throw std::invalid_argument("a packed polynomial of " + std::to_string(size) + " bytes");
  }
}

void pack_words(const std::uint64_t* words, std::size_t degree, int bits, std::span<std::uint8_t> packed) {
  check(degree, bits, packed.size());
  std::uint8_t* out = packed.data();
  std::uint64_t pending = 0;
  unsigned pending_bits = 0;
  for (std::size_t i = 0; i < degree; ++i) {
    pending |= words[i] << pending_bits;
    pending_bits += static_cast<unsigned>(bits);
    if (pending_bits >= kWordBits) {
      std::memcpy(out, &pending, sizeof(pending));
      out += sizeof(pending);
      pending_bits -= kWordBits;
      pending = words[i] >> (static_cast<unsigned>(bits) - pending_bits);
    }
  }
  std::memcpy(out, &pending, pending_bits / 8);
}

/// Returns the largest word.
std::uint64_t unpack_words(std::span<const std::uint8_t> packed, std::size_t degree, int bits, std::uint64_t* words) {
  check(degree, bits, packed.size());
  const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
  std::uint64_t largest = 0;
  for (std::size_t i = 0; i < degree; ++i) {
    const std::size_t bit = i * static_cast<std::size_t>(bits);
    const std::uint64_t word = load(packed.data() + bit / 8, packed.size() - bit / 8);
    words[i] = word >> (bit % 8) & mask;
    largest = std::max(largest, words[i]);
  }
  return largest;
}

}  // namespace

std::size_t packed_bytes(std::size_t degree, const seal::Modulus& prime, int dropped_bits) {
  if (dropped_bits < 0 || dropped_bits >= prime.bit_count()) {
    throw std::invalid_argument("dropping " + std::to_string(dropped_bits) + " bits of a prime of " +
                                std::to_string(prime.bit_count()));
  }
  return packed_bytes(degree, prime.bit_count() - dropped_bits);
}

void pack_residues(const std::uint64_t* residues, std::size_t degree, const seal::Modulus& prime,
                   std::span<std::uint8_t> packed) {
  pack_words(residues, degree, prime.bit_count(), packed);
}

bool unpack_residues(std::span<const std::uint8_t> packed, std::size_t degree, const seal::Modulus& prime,
                     std::uint64_t* residues) {
  return unpack_words(packed, degree, prime.bit_count(), residues) < prime.value();
}

void pack_rounded(const std::uint64_t* residues, const seal::util::NTTTables& tables, int dropped_bits,
                  std::span<std::uint8_t> packed) {
  const std::size_t degree = tables.coeff_count();
  std::vector<std::uint64_t> coefficients(residues, residues + degree);
  seal::util::inverse_ntt_negacyclic_harvey(coefficients.data(), tables);
  std::for_each(coefficients.begin(), coefficients.end(), [=](std::uint64_t& value) { value >>= dropped_bits; });
  pack_words(coefficients.data(), degree, tables.modulus().bit_count() - dropped_bits, packed);
}

bool unpack_rounded(std::span<const std::uint8_t> packed, const seal::util::NTTTables& tables, int dropped_bits,
                    std::uint64_t* residues) {
  const std::size_t degree = tables.coeff_count();
  const std::uint64_t prime = tables.modulus().value();
  const std::uint64_t largest =
      unpack_words(packed, degree, tables.modulus().bit_count() - dropped_bits, residues);
  if (largest > (prime - 1) >> dropped_bits) {
    return false;
  }
  // The middle of what was rounded to this value keeps the error centred.
  const std::uint64_t middle = (std::uint64_t{1} << dropped_bits) >> 1;
  std::for_each_n(residues, degree, [=](std::uint64_t& value) {
    value = std::min((value << dropped_bits) + middle, prime - 1);
  });
  seal::util::ntt_negacyclic_harvey(residues, tables);
  return true;
}

std::size_t packed_secret_key_bytes(const Context& context) { return context.poly_modulus_degree() / 4; }

void pack_secret_key(const SecretKey& secret_key, std::span<std::uint8_t> packed) {
  const Context& context = *secret_key.context;
  const std::size_t degree = context.poly_modulus_degree();
  auto pool = seal::MemoryManager::GetPool(seal::mm_prof_opt::mm_force_new, true);
  auto coefficients = seal::util::allocate_uint(degree, pool);
  std::copy_n(secret_key.data.data().data(), degree, coefficients.get());
  seal::util::inverse_ntt_negacyclic_harvey(coefficients.get(), context.key_data().small_ntt_tables()[0]);
  std::fill(packed.begin(), packed.end(), std::uint8_t{0});
  for (std::size_t i = 0; i < degree; ++i) {
    const std::uint64_t value = coefficients[i];
    const unsigned code = static_cast<unsigned>(value != 0) | static_cast<unsigned>(value > 1) << 1;
    packed[i / 4] = static_cast<std::uint8_t>(packed[i / 4] | code << (i % 4 * 2));
  }
}

std::optional<SecretKey> unpack_secret_key(const ContextPtr& context, std::span<const std::uint8_t> packed) {
  const std::size_t degree = context->poly_modulus_degree();
  const auto& primes = context->primes();
  SecretKey secret_key{context, {}};
  secret_key.data.data().resize(degree * primes.size());
  bool ternary = true;
  for (std::size_t i = 0; i < degree; ++i) {
    const unsigned code = packed[i / 4] >> (i % 4 * 2) & 3U;
    ternary &= code != 2;
    for (std::size_t j = 0; j < primes.size(); ++j) {
      secret_key.words()[j * degree + i] = (code & 1U) + (code >> 1) * (primes[j].value() - 2);
    }
  }
  if (!ternary) {
    return std::nullopt;
  }
  for (std::size_t j = 0; j < primes.size(); ++j) {
    seal::util::ntt_negacyclic_harvey(secret_key.words() + j * degree, context->key_data().small_ntt_tables()[j]);
  }
  secret_key.data.parms_id() = context->seal().key_parms_id();
  return secret_key;
}

}  // namespace silenda
