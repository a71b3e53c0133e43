#pragma once

#include <jni.h>

#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace silenda::jni {

/// A Java exception is already pending; nothing more to say.
struct PendingJavaException {};

/// Turns the C++ exception in flight into a pending Java exception.
void throw_java_exception(JNIEnv* env) noexcept;

/// Runs an entry point's body: no C++ exception ever reaches the JVM.
template <typename Body>
auto guarded(JNIEnv* env, Body&& body) noexcept -> decltype(body()) {
  try {
    return body();
  } catch (...) {
    throw_java_exception(env);
  }
  return decltype(body())();
}

/// A pointer that Java holds as a long and gives back to release exactly once.
template <typename T>
jlong to_handle(T value) {
  return reinterpret_cast<jlong>(new T(std::move(value)));
}

template <typename T>
T& from_handle(jlong handle) {
  if (handle == 0) {
    throw std::logic_error("a native handle is null");
  }
  return *reinterpret_cast<T*>(handle);
}

template <typename T>
void release(jlong handle) noexcept {
  delete reinterpret_cast<T*>(handle);
}

std::vector<double> to_vector(JNIEnv* env, jdoubleArray array);
std::vector<jlong> to_vector(JNIEnv* env, jlongArray array);
std::vector<int> to_vector(JNIEnv* env, jintArray array);
std::vector<std::vector<double>> to_vectors(JNIEnv* env, jobjectArray arrays);
std::string to_string(JNIEnv* env, jstring text);
jdoubleArray to_java(JNIEnv* env, const std::vector<double>& values);
jlongArray to_java(JNIEnv* env, const std::vector<jlong>& values);
jstring to_java(JNIEnv* env, const std::string& text);

/// As to_handle, for several.
template <typename T>
jlongArray to_handles(JNIEnv* env, std::vector<T> values) {
  std::vector<std::unique_ptr<T>> owned;
  std::vector<jlong> handles;
  for (T& value : values) {
    owned.push_back(std::make_unique<T>(std::move(value)));
    handles.push_back(reinterpret_cast<jlong>(owned.back().get()));
  }
  const jlongArray result = to_java(env, handles);
  for (auto& pointer : owned) {
    pointer.release();
  }
  return result;
}

}  // namespace silenda::jni
