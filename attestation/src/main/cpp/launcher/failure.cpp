#include "failure.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <unistd.h>

namespace silenda {

void refuse(const std::string& what) {
  errno = 0;
  fail(what);
}

void fail(const std::string& what) {
  const int code = errno;
  std::string line = "silenda-launcher: " + what;
  if (code != 0) {
    line += std::string(": ") + std::strerror(code);
  }
  std::fprintf(stderr, "%s\n", line.c_str());
  _exit(kRefused);
}

long require(long value, const std::string& what) {
  if (value == -1) {
    fail(what);
  }
  return value;
}

}  // namespace silenda
