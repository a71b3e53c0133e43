#pragma once

#include "place.h"
#include "plan.h"

namespace silenda {

/// Core dumps and files of no bytes, the limits of the plan, memory that may be locked.
void set_limits(const Plan& plan);

/// Takes away all capabilities and every way to get one back through an executed file.
void drop_privileges();

/// Lets this process and what it executes read and execute the private place and read its own part of
/// /proc, and nothing else, by Landlock. Does nothing where the kernel has none: the worker notices.
void confine_files(const Place& place);

}  // namespace silenda
