#pragma once

#include <cstddef>
#include <cstdint>

namespace silenda {

/// Round constants of FIPS 180-4, section 4.2.2.
extern const std::uint32_t kSha256Rounds[64];

bool has_sha_instructions();
void sha256_blocks_portable(std::uint32_t* state, const std::uint8_t* blocks, std::size_t count);
/// Only where has_sha_instructions().
void sha256_blocks_sha_ni(std::uint32_t* state, const std::uint8_t* blocks, std::size_t count);

}  // namespace silenda
