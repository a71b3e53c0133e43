#include "wire_packing.h"

#include <bit>
#include <cstring>
#include <stdexcept>

#include "seal/util/ntt.h"

namespace silenda {
namespace {

static_assert(std::endian::native == std::endian::little, "the wire is little-endian");

/// A value starts anywhere in a byte, so that one 64-bit access reaches values of up to 57 bits.
constexpr int kMaxBits = 57;

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

void check(std::size_t degree, const seal::Modulus& prime, std::size_t size) {
  if (prime.bit_count() > kMaxBits || degree % 8 != 0 || size != packed_bytes(degree, prime)) {
    throw std::invalid_argument("a packed polynomial of " + std::to_string(size) + " bytes");
  }
}

}  // namespace

std::size_t packed_bytes(std::size_t degree, const seal::Modulus& prime) {
  return degree / 8 * static_cast<std::size_t>(prime.bit_count());
}

void pack_residues(const std::uint64_t* residues, std::size_t degree, const seal::Modulus& prime,
                   std::span<std::uint8_t> packed) {
  check(degree, prime, packed.size());
  const auto bits = static_cast<unsigned>(prime.bit_count());
  std::uint8_t* out = packed.data();
  std::uint64_t pending = 0;
  unsigned pending_bits = 0;
  for (std::size_t i = 0; i < degree; ++i) {
    pending |= residues[i] << pending_bits;
    pending_bits += bits;
    for (; pending_bits >= 8; pending_bits -= 8, pending >>= 8) {
      *out++ = static_cast<std::uint8_t>(pending);
    }
  }
}

bool unpack_residues(std::span<const std::uint8_t> packed, std::size_t degree, const seal::Modulus& prime,
                     std::uint64_t* residues) {
  check(degree, prime, packed.size());
  const auto bits = static_cast<std::size_t>(prime.bit_count());
  const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
  std::uint64_t largest = 0;
  for (std::size_t i = 0; i < degree; ++i) {
    const std::size_t bit = i * bits;
    const std::uint64_t word = load(packed.data() + bit / 8, packed.size() - bit / 8);
    residues[i] = word >> (bit % 8) & mask;
    largest = std::max(largest, residues[i]);
  }
  return largest < prime.value();
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
