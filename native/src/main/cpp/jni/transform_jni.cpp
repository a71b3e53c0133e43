#include "jni/jni_support.h"
#include "linear_transform.h"

using namespace silenda;
using namespace silenda::jni;

namespace {

std::vector<DiagonalSpec> to_diagonals(const std::vector<int>& giant_steps, const std::vector<int>& baby_steps,
                                       std::vector<std::vector<double>> values) {
  if (giant_steps.size() != values.size() || baby_steps.size() != values.size()) {
    throw std::invalid_argument("giant steps, baby steps and diagonals differ in number");
  }
  std::vector<DiagonalSpec> diagonals(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    diagonals[i] = {giant_steps[i], baby_steps[i], std::move(values[i])};
  }
  return diagonals;
}

std::vector<std::vector<int>> to_folds(const std::vector<int>& sizes, const std::vector<int>& steps) {
  std::vector<std::vector<int>> folds;
  auto next = steps.begin();
  for (const int size : sizes) {
    if (size < 1 || size > steps.end() - next) {
      throw std::invalid_argument("sizes of folds do not match their steps");
    }
    folds.emplace_back(next, next + size);
    next += size;
  }
  return folds;
}

}  // namespace

extern "C" {

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_TransformNatives_create(
    JNIEnv* env, jclass, jlong context, jint level, jdouble input_scale, jdouble plaintext_scale,
    jintArray giant_steps, jintArray baby_steps, jobjectArray values, jint nested_giant_step, jboolean rescale,
    jintArray fold_sizes, jintArray fold_steps, jdoubleArray bias) {
  return guarded(env, [&] {
    LinearTransformSpec spec{level,
                             input_scale,
                             plaintext_scale,
                             rescale != JNI_FALSE,
                             to_diagonals(to_vector(env, giant_steps), to_vector(env, baby_steps),
                                          to_vectors(env, values)),
                             to_folds(to_vector(env, fold_sizes), to_vector(env, fold_steps)),
                             to_vector(env, bias),
                             nested_giant_step};
    return to_handle<LinearTransform>(LinearTransform(from_handle<ContextPtr>(context), spec));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_TransformNatives_apply(JNIEnv* env, jclass, jlong transform,
                                                                           jlong input, jlong keys) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(from_handle<LinearTransform>(transform)
                                     .apply(from_handle<Ciphertext>(input), from_handle<EvaluationKeys>(keys)));
  });
}

JNIEXPORT jint JNICALL Java_io_silenda_he_internal_TransformNatives_resultLevel(JNIEnv* env, jclass, jlong handle) {
  return guarded(env, [&] { return static_cast<jint>(from_handle<LinearTransform>(handle).result_level()); });
}

JNIEXPORT jdouble JNICALL Java_io_silenda_he_internal_TransformNatives_resultScale(JNIEnv* env, jclass,
                                                                                   jlong handle) {
  return guarded(env, [&] { return static_cast<jdouble>(from_handle<LinearTransform>(handle).result_scale()); });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_TransformNatives_nativeBytes(JNIEnv* env, jclass,
                                                                                 jlong handle) {
  return guarded(env, [&] { return static_cast<jlong>(from_handle<LinearTransform>(handle).native_bytes()); });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_TransformNatives_free(JNIEnv*, jclass, jlong handle) {
  release<LinearTransform>(handle);
}

}  // extern "C"
