#pragma once

#include <vector>

#include "kernels/kernel_set.h"

namespace silenda::kernels {

/// The AVX-512 kernels on emulated instructions: the same source on any processor.
const KernelSet& avx512ifma_emulated();

}  // namespace silenda::kernels

namespace silenda::test {

/// The sets that this processor runs, and the emulated one.
std::vector<const kernels::KernelSet*> tested_kernel_sets();

/// Each throws when a check fails.
void test_kernels(int max_log2_degree);
void test_generator();
void test_encoding();
void test_secret_products();
void test_operations();
void test_hybrid_key_switching();
void test_public_encryption();
void test_transforms();
void test_wire_packing();
void test_pool();
void test_wiped_memory();
void test_oblivious();

}  // namespace silenda::test
