#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace silenda {

/// What the host asks for. Nothing in it is trusted: what it leads to is measured.
struct Plan {
  struct Copy {
    std::string target;  ///< path below the private place
    std::string source;  ///< regular file or folder of the host
  };

  std::string place;                            ///< empty folder of the host, mode 0700
  std::vector<Copy> files;
  std::vector<Copy> trees;
  std::vector<std::string> skipped;             ///< names in folders that are not copied
  std::string program;                          ///< what is executed, below the private place
  std::vector<std::string> arguments;
  std::map<std::string, std::uint64_t> limits;  ///< address-space-bytes, open-files
  std::vector<std::string> extended;            ///< run-time registers that take the digest
};

/// Stands for the private place in arguments.
inline constexpr const char* kPlaceholder = "@place@";

/// Reads a plan: one entry a line, fields separated by tabs. Ends the process where it is malformed.
Plan read_plan(const char* file);

/// A path without empty, "." and ".." parts and without control characters.
bool is_plain_relative_path(const std::string& path);

}  // namespace silenda
