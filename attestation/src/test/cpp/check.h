#pragma once

#include <string>

namespace silenda::test {

/// Notes a failure and goes on.
void check(bool holds, const std::string& what);

void hash_tests();
void plan_tests();
void filter_tests();

}  // namespace silenda::test
