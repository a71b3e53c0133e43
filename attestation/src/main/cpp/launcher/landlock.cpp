#include <cstdint>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <string>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "confine.h"
#include "failure.h"

// The structures of linux/landlock.h as of ABI 6; headers of older systems lack the later members.
namespace silenda {

namespace {

constexpr long kCreateRuleset = 444, kAddRule = 445, kRestrictSelf = 446;
constexpr unsigned kAskVersion = 1, kPathBeneath = 1;

constexpr std::uint64_t kExecute = 1, kWriteFile = 2, kReadFile = 4, kReadFolder = 8,
                        kRemoveFolder = 16, kMakeFolder = 128;
constexpr std::uint64_t kOfFiles = kExecute | kWriteFile | kReadFile;

struct RulesetAttributes {
  std::uint64_t file_access;
  std::uint64_t network_access;
  std::uint64_t scopes;
};

struct [[gnu::packed]] PathRule {
  std::uint64_t allowed;
  std::int32_t parent;
};

/// Everything that a kernel of this ABI can forbid.
RulesetAttributes everything(long abi) {
  const int file_rights = abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13;
  return {(std::uint64_t{1} << file_rights) - 1, abi >= 4 ? 3U : 0U, abi >= 6 ? 3U : 0U};
}

class Ruleset {
 public:
  explicit Ruleset(long abi) : attributes_(everything(abi)) {
    descriptor_ = static_cast<int>(
        require(syscall(kCreateRuleset, &attributes_, sizeof attributes_, 0), "Landlock rules"));
  }

  void allow(const std::string& path, std::uint64_t access) const {
    const int parent = open(path.c_str(), O_PATH | O_CLOEXEC);
    if (parent < 0) {
      return;
    }
    struct stat status {};
    require(fstat(parent, &status), path);
    // Rights of folders are an error on a file.
    const std::uint64_t possible = S_ISDIR(status.st_mode) ? access : access & kOfFiles;
    const PathRule rule{possible, parent};
    require(syscall(kAddRule, descriptor_, kPathBeneath, &rule, 0), "Landlock rule for " + path);
    close(parent);
  }

  void enforce() const {
    require(syscall(kRestrictSelf, descriptor_, 0), "Landlock");
    close(descriptor_);
  }

 private:
  RulesetAttributes attributes_;
  int descriptor_;
};

constexpr std::uint64_t kRun = kReadFile | kReadFolder | kExecute;

// A rule on the root would cover /proc, which is mounted below it.
void allow_folders_of_root(const Ruleset& rules) {
  const std::unique_ptr<DIR, int (*)(DIR*)> root(opendir("/"), closedir);
  if (!root) {
    fail("/");
  }
  while (const dirent* entry = readdir(root.get())) {
    const std::string name = entry->d_name;
    if (name != "." && name != ".." && name != "proc" && name != "dev" && name != "tmp" &&
        name != "sys") {
      rules.allow("/" + name, kRun);
    }
  }
}

void allow_libraries_of_host(const Ruleset& rules) {
  for (const char* folder : {"/lib", "/lib64", "/usr/lib", "/usr/lib64"}) {
    rules.allow(folder, kRun);
  }
  rules.allow("/etc/ld.so.cache", kReadFile);
}

}  // namespace

void confine_files(const Place& place) {
  const long abi = syscall(kCreateRuleset, nullptr, 0, kAskVersion);
  if (abi < 1) {
    return;
  }
  const Ruleset rules(abi);
  if (place.isolated()) {
    allow_folders_of_root(rules);
  } else {
    rules.allow(place.path(), kRun);
    allow_libraries_of_host(rules);
  }
  rules.allow(place.prefix() + "/tmp", kReadFolder | kMakeFolder | kRemoveFolder);
  rules.allow("/proc/self", kReadFile | kReadFolder);
  rules.allow("/proc/cpuinfo", kReadFile);
  rules.allow("/sys/devices/system/cpu", kReadFile | kReadFolder);
  rules.allow("/dev/null", kReadFile | kWriteFile);
  rules.allow("/dev/random", kReadFile);
  rules.allow("/dev/urandom", kReadFile);
  rules.enforce();
}

}  // namespace silenda
