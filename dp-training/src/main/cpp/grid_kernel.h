// Sums of whole grid units, as doubles, and noise added to them: the same results as those of
// io.silenda.dp.mechanism.GridAccumulator.
#pragma once

#include <cstddef>
#include <cstdint>

namespace silenda::dp {

// units[i] += values[i] * units_per_one, rounded to a whole number. Whether all sums have magnitudes of at most `limit`:
// not, where one is no number.
bool add_rounded(const float* values, size_t count, double units_per_one, double limit, double* units);

// values[i] = (units[i] + noise[i]) * scale; clears the units.
void release(double* units, const int32_t* noise, size_t count, double scale, float* values);

}  // namespace silenda::dp
