// The generator's stream, byte for byte beside SEAL's.
#include "generator.h"

#include <iostream>

#include "check.h"
#include "tests.h"

namespace silenda::test {

void test_generator() {
  for (const kernels::KernelSet* set : tested_kernel_sets()) {
    for (std::uint64_t run = 1; run <= 20; ++run) {
      std::mt19937_64 random(run);
      seal::prng_seed_type seed;
      for (std::uint64_t& word : seed) {
        word = random();
      }
      seal::Blake2xbPRNG expected(seed);
      Generator actual(*set, seed);
      // Of lengths that end within buffers, at their ends and behind several of them.
      for (const std::size_t size : {std::size_t{1}, std::size_t{4095}, std::size_t{4096}, random() % 9000, random() % 70}) {
        std::vector<std::uint8_t> bytes(size);
        std::vector<std::uint8_t> of_seal(size);
        actual.generate(size, bytes.data());
        expected.generate(size, reinterpret_cast<seal::seal_byte*>(of_seal.data()));
        check(bytes == of_seal, std::string(set->name) + " generator, seed " + std::to_string(run));
      }
    }
  }
  std::cout << "generators make SEAL's stream\n";
}

}  // namespace silenda::test
