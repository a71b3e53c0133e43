#include "../../main/cpp/launcher/plan.h"

#include "check.h"

namespace silenda::test {

void plan_tests() {
  check(is_plain_relative_path("jdk/bin/java"), "a plain path");
  for (const std::string path : {"", "/etc", "a//b", "a/", "a/../b", "..", "./a", "a\nb", "a\tb"}) {
    check(!is_plain_relative_path(path), "path is refused: " + path);
  }
}

}  // namespace silenda::test
