#pragma once

#include <string>

namespace silenda {

/// Exit status of a launcher that started nothing.
inline constexpr int kRefused = 125;

/// Ends the process with one line on standard error; errno is named where it is not zero.
[[noreturn]] void fail(const std::string& what);

/// Like fail(), for a mistake in the plan: errno has nothing to do with it.
[[noreturn]] void refuse(const std::string& what);

/// A value that is -1 ends the process.
long require(long value, const std::string& what);

}  // namespace silenda
