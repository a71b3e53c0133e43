#include "copy.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

#include "failure.h"

namespace silenda {

namespace {

constexpr std::size_t kBufferBytes = 1 << 20;
constexpr int kMaxDepth = 32;

void make_folders(const std::string& place, const std::string& target) {
  for (std::size_t end = target.find('/'); end != std::string::npos; end = target.find('/', end + 1)) {
    const std::string folder = place + "/" + target.substr(0, end);
    if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
      fail(folder);
    }
  }
}

void write_all(int descriptor, const char* bytes, std::size_t size) {
  while (size > 0) {
    const long written = require(write(descriptor, bytes, size), "copying");
    bytes += written;
    size -= static_cast<std::size_t>(written);
  }
}

class Folder {
 public:
  explicit Folder(const std::string& path) : handle_(opendir(path.c_str()), closedir) {
    if (!handle_) {
      fail(path);
    }
  }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    while (const dirent* entry = readdir(handle_.get())) {
      const std::string name = entry->d_name;
      if (name != "." && name != "..") {
        names.push_back(name);
      }
    }
    return names;
  }

 private:
  std::unique_ptr<DIR, int (*)(DIR*)> handle_;
};

void copy_tree(const std::string& source, const std::string& place, const std::string& target,
               const std::vector<std::string>& skipped, int depth) {
  if (depth > kMaxDepth) {
    refuse("a folder is nested too deeply");
  }
  for (const std::string& name : Folder(source).names()) {
    const std::string path = source + "/" + name;
    struct stat status {};
    const bool dangling = stat(path.c_str(), &status) != 0;
    if (dangling || std::find(skipped.begin(), skipped.end(), name) != skipped.end()) {
      continue;
    }
    const std::string to = target + "/" + name;
    if (!is_plain_relative_path(to)) {
      refuse("a file name has control characters");
    }
    if (S_ISDIR(status.st_mode)) {
      copy_tree(path, place, to, skipped, depth + 1);
    } else if (S_ISREG(status.st_mode)) {
      copy_file(path, place, to);
    }
  }
}

}  // namespace

void copy_file(const std::string& source, const std::string& place, const std::string& target) {
  make_folders(place, target);
  // Without O_NONBLOCK a pipe in the place of a file would stop the launcher.
  const int in = static_cast<int>(require(open(source.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK), source));
  struct stat status {};
  require(fstat(in, &status), source);
  if (!S_ISREG(status.st_mode)) {
    refuse(source + " is no regular file");
  }
  const std::string path = place + "/" + target;
  const int out =
      static_cast<int>(require(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0500), target));
  static std::vector<char> buffer(kBufferBytes);
  while (const long got = require(read(in, buffer.data(), buffer.size()), source)) {
    write_all(out, buffer.data(), static_cast<std::size_t>(got));
  }
  close(in);
  require(close(out), target);
}

void copy_all(const Plan& plan, const std::string& place) {
  copy_file("/proc/self/exe", place, "launcher/silenda-launcher");
  for (const Plan::Copy& file : plan.files) {
    copy_file(file.source, place, file.target);
  }
  for (const Plan::Copy& tree : plan.trees) {
    copy_tree(tree.source, place, tree.target, plan.skipped, 0);
  }
}

}  // namespace silenda
