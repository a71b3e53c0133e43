#pragma once

#include <string>

#include "plan.h"
#include "sha256.h"

namespace silenda {

/// What a worker is made of, as text: one line for each file of the place, sorted by path, each
/// argument and each limit. Its SHA-256 is the worker digest; docs/enclave-deployment.md has the
/// grammar.
std::string manifest(const Plan& plan, const std::string& place);

/// Writes the digest into run-time registers that take 48 bytes: the digest and 16 zeros.
void extend_registers(const Plan& plan, const Sha256::Digest& digest);

}  // namespace silenda
