#include <exception>
#include <iostream>

#include "tests.h"

int main() {
  try {
    silenda::test::test_kernels();
    silenda::test::test_operations();
    silenda::test::test_hybrid_key_switching();
    silenda::test::test_pool();
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
