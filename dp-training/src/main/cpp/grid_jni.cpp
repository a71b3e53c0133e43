// The native methods of io.silenda.dp.mechanism.GridKernel. Callers check every range; nothing here throws.
#include "grid_kernel.h"
#include "jni_array.h"

using silenda::dp::Pinned;

extern "C" {

// 1 where all sums are within the limit, 0 where not, -1 where an array could not be had.
JNIEXPORT jint JNICALL Java_io_silenda_dp_mechanism_GridKernel_addRounded(
    JNIEnv* env, jclass, jfloatArray values, jint count, jdouble units_per_one, jdouble limit, jdoubleArray units, jint at) {
  Pinned<float> from(env, values, JNI_ABORT);
  Pinned<double> to(env, units, 0);
  if (from.get() == nullptr || to.get() == nullptr) {
    return -1;
  }
  size_t length = static_cast<size_t>(count);
  return silenda::dp::add_rounded(from.get(), length, units_per_one, limit, to.get() + at) ? 1 : 0;
}

JNIEXPORT jboolean JNICALL Java_io_silenda_dp_mechanism_GridKernel_releaseSum(
    JNIEnv* env, jclass, jdoubleArray units, jint at, jintArray noise, jint count, jdouble scale, jfloatArray values) {
  Pinned<double> sum(env, units, 0);
  Pinned<int32_t> drawn(env, noise, JNI_ABORT);
  Pinned<float> to(env, values, 0);
  if (sum.get() == nullptr || drawn.get() == nullptr || to.get() == nullptr) {
    return JNI_FALSE;
  }
  silenda::dp::release(sum.get() + at, drawn.get(), static_cast<size_t>(count), scale, to.get() + at);
  return JNI_TRUE;
}

}  // extern "C"
