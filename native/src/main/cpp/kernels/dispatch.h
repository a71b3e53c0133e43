#pragma once

#include <string>
#include <vector>

#include "kernels/kernel_set.h"

namespace silenda::kernels {

/// The sets that this processor can run, fastest first. Never empty.
std::vector<const KernelSet*> supported_kernel_sets();

/// The set of that name, or the fastest for an empty name. Throws std::invalid_argument for a name that is unknown or
/// that the processor does not support.
const KernelSet& choose_kernel_set(const std::string& name);

}  // namespace silenda::kernels
