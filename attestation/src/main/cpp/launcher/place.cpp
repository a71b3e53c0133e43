#include "place.h"

#include <array>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

#include "failure.h"

namespace silenda {

namespace {

constexpr std::array<const char*, 3> kDevices = {"null", "random", "urandom"};
// ONNX Runtime looks here for what the processor can do.
constexpr const char* kProcessors = "/sys/devices/system/cpu";
constexpr int kNamespaces = CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC;

bool write_text(const char* file, const std::string& text) {
  const int descriptor = open(file, O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return false;
  }
  const bool written = write(descriptor, text.data(), text.size()) == static_cast<long>(text.size());
  close(descriptor);
  return written;
}

std::string same_id(unsigned id) {
  return std::to_string(id) + " " + std::to_string(id) + " 1";
}

bool enter_namespaces() {
  const unsigned user = geteuid(), group = getegid();
  if (unshare(kNamespaces) == 0) {
    return true;
  }
  return unshare(CLONE_NEWUSER | kNamespaces) == 0 && write_text("/proc/self/setgroups", "deny") &&
         write_text("/proc/self/uid_map", same_id(user)) &&
         write_text("/proc/self/gid_map", same_id(group));
}

void require_private_folder(const std::string& folder) {
  struct stat status {};
  require(lstat(folder.c_str(), &status), "the place");
  if (!S_ISDIR(status.st_mode) || (status.st_mode & 077) != 0 || status.st_uid != geteuid()) {
    refuse("the place must be a folder of mode 0700 of this user");
  }
}

void bind(const std::string& source, const std::string& target, unsigned long flags) {
  require(mount(source.c_str(), target.c_str(), nullptr, MS_BIND | flags, nullptr), "bind " + source);
}

void make_folders(const std::string& place, const std::string& path) {
  for (std::size_t end = path.find('/', 1); end != std::string::npos; end = path.find('/', end + 1)) {
    require(mkdir((place + path.substr(0, end)).c_str(), 0700), path);
  }
  require(mkdir((place + path).c_str(), 0700), path);
}

void make_file(const std::string& path) {
  close(static_cast<int>(require(open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600), path)));
}

}  // namespace

Place::Place(std::string path, bool isolated) : path_(std::move(path)), isolated_(isolated) {}

Place Place::open(const std::string& folder) {
  require_private_folder(folder);
  if (!enter_namespaces()) {
    return {folder, false};
  }
  require(mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr), "private mounts");
  require(mount("silenda", folder.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "mode=0700"), "tmpfs");
  return {folder, true};
}

void Place::seal() const {
  require(mkdir((path_ + "/tmp").c_str(), 0700), "tmp");
  if (!isolated_) {
    return;
  }
  require(mount("silenda", (path_ + "/tmp").c_str(), "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC,
                "mode=0700,size=4k,nr_inodes=16"),
          "tmp");
  require(mkdir((path_ + "/proc").c_str(), 0700), "proc");
  bind("/proc", path_ + "/proc", MS_REC);
  make_folders(path_, kProcessors);
  bind(kProcessors, path_ + kProcessors, 0);
  require(mkdir((path_ + "/dev").c_str(), 0700), "dev");
  for (const std::string device : kDevices) {
    make_file(path_ + "/dev/" + device);
    bind("/dev/" + device, path_ + "/dev/" + device, 0);
  }
  require(mount(nullptr, path_.c_str(), nullptr,
                MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, nullptr),
          "read-only remount");
}

// With both arguments the same, the old root ends up mounted over the new one; see pivot_root(2).
void Place::enter() const {
  if (isolated_) {
    require(chdir(path_.c_str()), "the place");
    require(syscall(SYS_pivot_root, ".", "."), "pivot_root");
    require(umount2(".", MNT_DETACH), "old root");
  }
  require(chdir(isolated_ ? "/" : path_.c_str()), "the place");
}

}  // namespace silenda
