#include "plan.h"

#include <algorithm>
#include <charconv>
#include <fcntl.h>
#include <unistd.h>

#include "failure.h"

namespace silenda {

namespace {

constexpr std::size_t kMaxPlanBytes = 1 << 20;

std::string read_text(const char* file) {
  const int descriptor = static_cast<int>(require(open(file, O_RDONLY | O_CLOEXEC), file));
  std::string text(kMaxPlanBytes + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const long got = require(read(descriptor, text.data() + size, text.size() - size), file);
    if (got == 0) {
      break;
    }
    size += static_cast<std::size_t>(got);
  }
  close(descriptor);
  if (size > kMaxPlanBytes) {
    refuse("the plan has more than " + std::to_string(kMaxPlanBytes) + " bytes");
  }
  text.resize(size);
  return text;
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  for (std::size_t end; (end = text.find(separator, start)) != std::string::npos; start = end + 1) {
    parts.push_back(text.substr(start, end - start));
  }
  parts.push_back(text.substr(start));
  return parts;
}

std::uint64_t number(const std::string& text) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) {
    refuse("a limit of the plan is no number");
  }
  return value;
}

const std::string& target(const std::string& path) {
  if (!is_plain_relative_path(path)) {
    refuse("a target of the plan is no plain relative path");
  }
  return path;
}

void add(Plan& plan, const std::vector<std::string>& fields) {
  const std::string& kind = fields[0];
  if (kind == "place" && fields.size() == 2) {
    plan.place = fields[1];
  } else if (kind == "file" && fields.size() == 3) {
    plan.files.push_back({target(fields[1]), fields[2]});
  } else if (kind == "tree" && fields.size() == 3) {
    plan.trees.push_back({target(fields[1]), fields[2]});
  } else if (kind == "skip" && fields.size() == 2) {
    plan.skipped.push_back(fields[1]);
  } else if (kind == "run" && fields.size() == 2) {
    plan.program = target(fields[1]);
  } else if (kind == "arg" && fields.size() == 2) {
    plan.arguments.push_back(fields[1]);
  } else if (kind == "limit" && fields.size() == 3) {
    plan.limits[fields[1]] = number(fields[2]);
  } else if (kind == "extend" && fields.size() == 2) {
    plan.extended.push_back(fields[1]);
  } else {
    refuse("the plan has a line that is not understood");
  }
}

bool has_control_characters(const std::string& text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; });
}

}  // namespace

bool is_plain_relative_path(const std::string& path) {
  if (has_control_characters(path)) {
    return false;
  }
  const std::vector<std::string> parts = split(path, '/');
  return std::none_of(parts.begin(), parts.end(), [](const std::string& part) {
    return part.empty() || part == "." || part == "..";
  });
}

Plan read_plan(const char* file) {
  std::vector<std::string> lines = split(read_text(file), '\n');
  if (lines.front() != "silenda-worker-plan 1" || !lines.back().empty()) {
    refuse("this is no plan of version 1");
  }
  Plan plan;
  for (std::size_t i = 1; i + 1 < lines.size(); i++) {
    add(plan, split(lines[i], '\t'));
  }
  if (plan.place.empty() || plan.program.empty()) {
    refuse("the plan names no place or no program");
  }
  return plan;
}

}  // namespace silenda
