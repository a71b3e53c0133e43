// The native methods of io.silenda.dp.blas.RowKernel. Callers check every range; nothing here throws.
#include <new>

#include "dense_kernel.h"
#include "jni_array.h"

namespace {

using silenda::dp::Pinned;
using silenda::dp::Rows;
using silenda::dp::Scratch;

Scratch& scratch(jlong handle) { return *reinterpret_cast<Scratch*>(handle); }

Rows rows(const Pinned<float>& array, jint count, jint columns) {
  return {array.get(), static_cast<size_t>(count), static_cast<size_t>(columns)};
}

}  // namespace

extern "C" {

JNIEXPORT jboolean JNICALL Java_io_silenda_dp_blas_RowKernel_supported(JNIEnv*, jclass) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

// 0 where memory does not suffice.
JNIEXPORT jlong JNICALL Java_io_silenda_dp_blas_RowKernel_create(JNIEnv*, jclass) {
  return reinterpret_cast<jlong>(new (std::nothrow) Scratch);
}

JNIEXPORT void JNICALL Java_io_silenda_dp_blas_RowKernel_destroy(JNIEnv*, jclass, jlong handle) {
  delete &scratch(handle);
}

JNIEXPORT jboolean JNICALL Java_io_silenda_dp_blas_RowKernel_multiplyRows(
    JNIEnv* env, jclass, jlong handle, jfloatArray a, jint a_rows, jint a_columns, jfloatArray b, jint b_rows, jint b_columns,
    jboolean transposed, jfloatArray c) {
  Pinned<float> left(env, a, JNI_ABORT);
  Pinned<float> right(env, b, JNI_ABORT);
  Pinned<float> result(env, c, 0);
  if (left.get() == nullptr || right.get() == nullptr || result.get() == nullptr) {
    return JNI_FALSE;
  }
  return silenda::dp::multiply_rows(scratch(handle), rows(left, a_rows, a_columns), rows(right, b_rows, b_columns),
                                    transposed != JNI_FALSE, result.get());
}

JNIEXPORT jboolean JNICALL Java_io_silenda_dp_blas_RowKernel_sumProducts(
    JNIEnv* env, jclass, jlong handle, jfloatArray gradients, jint outputs, jfloatArray factors, jint count, jfloatArray values,
    jint inputs, jfloatArray to) {
  Pinned<float> left(env, gradients, JNI_ABORT);
  Pinned<float> scale(env, factors, JNI_ABORT);
  Pinned<float> right(env, values, JNI_ABORT);
  Pinned<float> result(env, to, 0);
  if (left.get() == nullptr || scale.get() == nullptr || right.get() == nullptr || result.get() == nullptr) {
    return JNI_FALSE;
  }
  return silenda::dp::sum_outer(scratch(handle), rows(left, count, outputs), scale.get(), rows(right, count, inputs),
                                result.get());
}

JNIEXPORT jboolean JNICALL Java_io_silenda_dp_blas_RowKernel_sumSquares(
    JNIEnv* env, jclass, jfloatArray values, jint count, jint columns, jdoubleArray to) {
  Pinned<float> source(env, values, JNI_ABORT);
  Pinned<double> result(env, to, 0);
  if (source.get() == nullptr || result.get() == nullptr) {
    return JNI_FALSE;
  }
  silenda::dp::squared_norms(rows(source, count, columns), result.get());
  return JNI_TRUE;
}

}  // extern "C"
