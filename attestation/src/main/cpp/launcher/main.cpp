#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

#include "confine.h"
#include "copy.h"
#include "failure.h"
#include "measure.h"
#include "place.h"
#include "plan.h"

// Copies what is to run to a private place, measures the copies there, gives up every privilege and
// executes the copy. Standard input, output and error are inherited; descriptor 3 is the manifest.
namespace silenda {

namespace {

constexpr int kManifestDescriptor = 3;

void close_inherited() {
  require(syscall(SYS_close_range, 3, ~0U, 0), "closing descriptors");
}

void hand_over(const std::string& manifest) {
  const int memory = static_cast<int>(
      require(memfd_create("silenda-manifest", MFD_CLOEXEC | MFD_ALLOW_SEALING), "manifest"));
  if (write(memory, manifest.data(), manifest.size()) != static_cast<long>(manifest.size())) {
    fail("manifest");
  }
  require(lseek(memory, 0, SEEK_SET), "manifest");
  require(fcntl(memory, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL),
          "manifest");
  if (memory == kManifestDescriptor) {
    require(fcntl(memory, F_SETFD, 0), "manifest");
  } else {
    require(dup2(memory, kManifestDescriptor), "manifest");
  }
}

std::string resolve(std::string argument, const std::string& prefix) {
  const std::string placeholder = kPlaceholder;
  for (std::size_t at = 0; (at = argument.find(placeholder, at)) != std::string::npos; at += prefix.size()) {
    argument.replace(at, placeholder.size(), prefix);
  }
  return argument;
}

[[noreturn]] void execute(const Plan& plan, const std::string& prefix) {
  std::vector<std::string> words{prefix + "/" + plan.program};
  for (const std::string& argument : plan.arguments) {
    words.push_back(resolve(argument, prefix));
  }
  std::vector<char*> pointers;
  for (std::string& word : words) {
    pointers.push_back(word.data());
  }
  pointers.push_back(nullptr);
  char* const environment[] = {nullptr};
  execve(pointers[0], pointers.data(), environment);
  fail("executing " + plan.program);
}

Sha256::Digest digest_of(const std::string& manifest) {
  Sha256 hash;
  hash.update(manifest.data(), manifest.size());
  return hash.finish();
}

[[noreturn]] void launch(const char* plan_file) {
  const Plan plan = read_plan(plan_file);
  close_inherited();
  umask(077);
  const Place place = Place::open(plan.place);
  require(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "non-dumpable");
  copy_all(plan, place.path());
  place.seal();
  const std::string text = manifest(plan, place.path());
  extend_registers(plan, digest_of(text));
  hand_over(text);
  place.enter();
  set_limits(plan);
  drop_privileges();
  confine_files(place);
  execute(plan, place.prefix());
}

}  // namespace

}  // namespace silenda

int main(int count, char** words) {
  if (count != 2) {
    silenda::refuse("usage: silenda-launcher PLAN");
  }
  silenda::launch(words[1]);
}
