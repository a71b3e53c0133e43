#pragma once

#include <string>
#include <vector>

#include "plan.h"

namespace silenda {

/// Copies a regular file, symbolic links followed, to a new file of mode 0500; makes its folders.
void copy_file(const std::string& source, const std::string& place, const std::string& target);

/// Copies what the plan names, and this program itself to launcher/silenda-launcher.
void copy_all(const Plan& plan, const std::string& place);

}  // namespace silenda
