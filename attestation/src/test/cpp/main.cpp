#include <cstdio>

#include "check.h"

namespace silenda::test {

namespace {

int checks = 0;
int failures = 0;

}  // namespace

void check(bool holds, const std::string& what) {
  checks++;
  if (!holds) {
    failures++;
    std::fprintf(stderr, "FAILED: %s\n", what.c_str());
  }
}

}  // namespace silenda::test

int main() {
  silenda::test::hash_tests();
  silenda::test::plan_tests();
  silenda::test::filter_tests();
  std::printf("%d checks, %d failures\n", silenda::test::checks, silenda::test::failures);
  return silenda::test::failures == 0 ? 0 : 1;
}
