#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "seal/util/ntt.h"
#include "values.h"

namespace silenda {

/// Bytes of a residue polynomial on the wire: each residue takes as many bits as the prime has, lowest bit first, less
/// the bits that are dropped. The degree is a multiple of 8, so that no bit is left over.
std::size_t packed_bytes(std::size_t degree, const seal::Modulus& prime, int dropped_bits = 0);

void pack_residues(const std::uint64_t* residues, std::size_t degree, const seal::Modulus& prime,
                   std::span<std::uint8_t> packed);

/// False, with unspecified residues, if one is not below the prime.
bool unpack_residues(std::span<const std::uint8_t> packed, std::size_t degree, const seal::Modulus& prime,
                     std::uint64_t* residues);

/// Packs the coefficients of a polynomial in NTT form without their lowest bits. That adds an error below
/// 2^dropped_bits to each coefficient: no more than noise to an answer whose scale is far above.
void pack_rounded(const std::uint64_t* residues, const seal::util::NTTTables& tables, int dropped_bits,
                  std::span<std::uint8_t> packed);

/// False, with unspecified residues, if a coefficient is not below the prime.
bool unpack_rounded(std::span<const std::uint8_t> packed, const seal::util::NTTTables& tables, int dropped_bits,
                    std::uint64_t* residues);

/// Bytes of a secret key on the wire: a coefficient takes two bits, in two's complement.
std::size_t packed_secret_key_bytes(const Context& context);

void pack_secret_key(const SecretKey& secret_key, std::span<std::uint8_t> packed);

/// Nothing if a coefficient is not -1, 0 or 1.
std::optional<SecretKey> unpack_secret_key(const ContextPtr& context, std::span<const std::uint8_t> packed);

}  // namespace silenda
