#pragma once

namespace silenda::test {

/// Each throws when a check fails.
void test_kernels();
void test_operations();

}  // namespace silenda::test
