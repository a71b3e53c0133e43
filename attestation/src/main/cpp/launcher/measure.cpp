#include "measure.h"

#include <array>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <map>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "failure.h"

namespace silenda {

namespace {

constexpr std::size_t kBufferBytes = 1 << 20;

using Lines = std::map<std::string, std::string>;

std::string file_line(const std::string& path, const std::string& name) {
  const int descriptor = static_cast<int>(require(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW), path));
  static std::vector<char> buffer(kBufferBytes);
  Sha256 hash;
  std::uint64_t size = 0;
  while (const long got = require(read(descriptor, buffer.data(), buffer.size()), path)) {
    hash.update(buffer.data(), static_cast<std::size_t>(got));
    size += static_cast<std::uint64_t>(got);
  }
  close(descriptor);
  return "file " + hex(hash.finish()) + " " + std::to_string(size) + " " + name + "\n";
}

// /proc and the devices are the kernel's; they lie on other file systems.
void walk(const std::string& place, const std::string& name, dev_t file_system, Lines& lines) {
  const std::string path = name.empty() ? place : place + "/" + name;
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(path.c_str()), closedir);
  if (!folder) {
    fail(path);
  }
  while (const dirent* entry = readdir(folder.get())) {
    const std::string child = entry->d_name;
    if (child == "." || child == "..") {
      continue;
    }
    const std::string child_name = name.empty() ? child : name + "/" + child;
    struct stat status {};
    require(lstat((place + "/" + child_name).c_str(), &status), child_name);
    if (status.st_dev != file_system) {
      continue;
    }
    if (S_ISDIR(status.st_mode)) {
      walk(place, child_name, file_system, lines);
    } else if (S_ISREG(status.st_mode)) {
      lines[child_name] = file_line(place + "/" + child_name, child_name);
    } else {
      refuse(child_name + " in the private place is neither file nor folder");
    }
  }
}

}  // namespace

std::string manifest(const Plan& plan, const std::string& place) {
  struct stat status {};
  require(stat(place.c_str(), &status), place);
  Lines lines;
  walk(place, "", status.st_dev, lines);
  std::string text = "silenda-worker 1\n";
  for (const auto& [name, line] : lines) {
    text += line;
  }
  text += "run " + plan.program + "\n";
  for (const std::string& argument : plan.arguments) {
    text += "arg " + argument + "\n";
  }
  for (const auto& [name, value] : plan.limits) {
    text += "limit " + name + " " + std::to_string(value) + "\n";
  }
  return text + "environment empty\n";
}

void extend_registers(const Plan& plan, const Sha256::Digest& digest) {
  std::array<std::uint8_t, 48> event{};
  std::memcpy(event.data(), digest.data(), digest.size());
  for (const std::string& file : plan.extended) {
    const int descriptor = static_cast<int>(require(open(file.c_str(), O_WRONLY | O_CLOEXEC), file));
    if (require(write(descriptor, event.data(), event.size()), file) != static_cast<long>(event.size())) {
      refuse(file + " took only a part of the digest");
    }
    close(descriptor);
  }
}

}  // namespace silenda
