#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "values.h"

namespace silenda {

/// Bytes of a residue polynomial on the wire: each residue takes as many bits as the prime has, lowest bit first.
/// The degree is a multiple of 8, so that no bit is left over.
std::size_t packed_bytes(std::size_t degree, const seal::Modulus& prime);

void pack_residues(const std::uint64_t* residues, std::size_t degree, const seal::Modulus& prime,
                   std::span<std::uint8_t> packed);

/// False, with unspecified residues, if one is not below the prime.
bool unpack_residues(std::span<const std::uint8_t> packed, std::size_t degree, const seal::Modulus& prime,
                     std::uint64_t* residues);

/// Bytes of a secret key on the wire: a coefficient takes two bits, in two's complement.
std::size_t packed_secret_key_bytes(const Context& context);

void pack_secret_key(const SecretKey& secret_key, std::span<std::uint8_t> packed);

/// Nothing if a coefficient is not -1, 0 or 1.
std::optional<SecretKey> unpack_secret_key(const ContextPtr& context, std::span<const std::uint8_t> packed);

}  // namespace silenda
