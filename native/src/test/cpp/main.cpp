#include <cstdlib>
#include <exception>
#include <iostream>

#include "tests.h"

/// Usage: silenda_tests [MAX_LOG2_DEGREE]: the largest ring that kernels are tested in, 16 if not given.
int main(int argc, char** argv) {
  try {
    silenda::test::test_kernels(argc > 1 ? std::atoi(argv[1]) : 16);
    silenda::test::test_generator();
    silenda::test::test_encoding();
    silenda::test::test_secret_products();
    silenda::test::test_operations();
    silenda::test::test_hybrid_key_switching();
    silenda::test::test_public_encryption();
    silenda::test::test_transforms();
    silenda::test::test_wire_packing();
    silenda::test::test_pool();
    silenda::test::test_wiped_memory();
    silenda::test::test_oblivious();
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
