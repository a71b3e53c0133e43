#pragma once

#include "kernels/kernel_set.h"

namespace silenda::kernels {

/// The sets compiled into this library. Calling a kernel of one whose instructions the processor lacks ends the
/// process; choose_kernel_set never returns such a set.
const KernelSet& portable();
const KernelSet& avx2();
const KernelSet& avx512ifma();

}  // namespace silenda::kernels
