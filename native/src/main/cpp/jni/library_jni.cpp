#include <cstdlib>

#include "jni/jni_support.h"
#include "kernels/dispatch.h"
#include "version.h"

using silenda::jni::guarded;
using silenda::jni::to_java;

namespace {

std::string cpu_features() {
  __builtin_cpu_init();
  std::string features;
  const auto append = [&features](bool present, const char* name) {
    if (present) {
      features += features.empty() ? name : std::string(",") + name;
    }
  };
  append(__builtin_cpu_supports("avx2"), "avx2");
  append(__builtin_cpu_supports("fma"), "fma");
  append(__builtin_cpu_supports("bmi2"), "bmi2");
  append(__builtin_cpu_supports("avx512f"), "avx512f");
  append(__builtin_cpu_supports("avx512dq"), "avx512dq");
  append(__builtin_cpu_supports("avx512ifma"), "avx512ifma");
  return features;
}

}  // namespace

extern "C" {

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM*, void*) { return JNI_VERSION_10; }

JNIEXPORT jstring JNICALL Java_io_silenda_he_internal_LibraryNatives_version(JNIEnv* env, jclass) {
  return guarded(env, [&] { return to_java(env, std::string(SILENDA_VERSION)); });
}

JNIEXPORT jstring JNICALL Java_io_silenda_he_internal_LibraryNatives_sealVersion(JNIEnv* env, jclass) {
  return guarded(env, [&] { return to_java(env, std::string(SILENDA_SEAL_VERSION)); });
}

JNIEXPORT jstring JNICALL Java_io_silenda_he_internal_LibraryNatives_sealSource(JNIEnv* env, jclass) {
  return guarded(env, [&] { return to_java(env, std::string(SILENDA_SEAL_SOURCE)); });
}

JNIEXPORT jstring JNICALL Java_io_silenda_he_internal_LibraryNatives_compiler(JNIEnv* env, jclass) {
#ifdef __clang__
  const std::string name = "clang ";
#else
  const std::string name = "gcc ";
#endif
  return guarded(env, [&] { return to_java(env, name + __VERSION__); });
}

JNIEXPORT jstring JNICALL Java_io_silenda_he_internal_LibraryNatives_cpuFeatures(JNIEnv* env, jclass) {
  return guarded(env, [&] { return to_java(env, cpu_features()); });
}

JNIEXPORT jstring JNICALL Java_io_silenda_he_internal_LibraryNatives_chooseKernels(JNIEnv* env, jclass,
                                                                                   jstring forced) {
  return guarded(env, [&] {
    const std::string name = silenda::jni::to_string(env, forced);
    return to_java(env, std::string(silenda::kernels::choose_kernel_set(name).name));
  });
}

JNIEXPORT jstring JNICALL Java_io_silenda_he_internal_LibraryNatives_supportedKernels(JNIEnv* env, jclass) {
  return guarded(env, [&] {
    std::string names;
    for (const auto* set : silenda::kernels::supported_kernel_sets()) {
      names.append(names.empty() ? "" : ",").append(set->name);
    }
    return to_java(env, names);
  });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_LibraryNatives_setVariable(JNIEnv* env, jclass, jstring name,
                                                                              jstring value) {
  guarded(env, [&] {
    const std::string key = silenda::jni::to_string(env, name);
    if (setenv(key.c_str(), silenda::jni::to_string(env, value).c_str(), 1) != 0) {
      throw std::runtime_error("the variable " + key + " cannot be set");
    }
  });
}

JNIEXPORT jstring JNICALL Java_io_silenda_he_internal_LibraryNatives_variable(JNIEnv* env, jclass, jstring name) {
  return guarded(env, [&] {
    const char* value = std::getenv(silenda::jni::to_string(env, name).c_str());
    return to_java(env, std::string(value == nullptr ? "" : value));
  });
}

}  // extern "C"
