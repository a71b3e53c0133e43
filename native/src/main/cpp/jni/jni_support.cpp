#include "jni/jni_support.h"

#include <limits>
#include <new>

namespace silenda::jni {
namespace {

void throw_new(JNIEnv* env, const char* class_name, const char* message) noexcept {
  jclass exception_class = env->FindClass(class_name);
  if (exception_class != nullptr) {
    env->ThrowNew(exception_class, message);
  }
}

jsize length_of(JNIEnv* env, jarray array) {
  if (array == nullptr) {
    throw std::invalid_argument("an array is null");
  }
  return env->GetArrayLength(array);
}

void check_pending(JNIEnv* env) {
  if (env->ExceptionCheck()) {
    throw PendingJavaException();
  }
}

jsize checked_size(std::size_t size) {
  if (size > static_cast<std::size_t>(std::numeric_limits<jsize>::max())) {
    throw std::length_error("an array is too long for Java");
  }
  return static_cast<jsize>(size);
}

}  // namespace

void throw_java_exception(JNIEnv* env) noexcept {
  try {
    throw;
  } catch (const PendingJavaException&) {
  } catch (const std::bad_alloc&) {
    throw_new(env, "java/lang/OutOfMemoryError", "native memory is exhausted");
  } catch (const std::invalid_argument& error) {
    throw_new(env, "java/lang/IllegalArgumentException", error.what());
  } catch (const std::out_of_range& error) {
    throw_new(env, "java/lang/IllegalArgumentException", error.what());
  } catch (const std::logic_error& error) {
    throw_new(env, "java/lang/IllegalStateException", error.what());
  } catch (const std::exception& error) {
    throw_new(env, "io/silenda/he/NativeException", error.what());
  } catch (...) {
    throw_new(env, "io/silenda/he/NativeException", "unknown native failure");
  }
}

std::vector<double> to_vector(JNIEnv* env, jdoubleArray array) {
  const jsize length = length_of(env, array);
  std::vector<double> values(static_cast<std::size_t>(length));
  env->GetDoubleArrayRegion(array, 0, length, values.data());
  check_pending(env);
  return values;
}

std::vector<jlong> to_vector(JNIEnv* env, jlongArray array) {
  const jsize length = length_of(env, array);
  std::vector<jlong> values(static_cast<std::size_t>(length));
  env->GetLongArrayRegion(array, 0, length, values.data());
  check_pending(env);
  return values;
}

std::vector<int> to_vector(JNIEnv* env, jintArray array) {
  static_assert(sizeof(int) == sizeof(jint));
  const jsize length = length_of(env, array);
  std::vector<int> values(static_cast<std::size_t>(length));
  env->GetIntArrayRegion(array, 0, length, values.data());
  check_pending(env);
  return values;
}

std::vector<std::vector<double>> to_vectors(JNIEnv* env, jobjectArray arrays) {
  const jsize length = length_of(env, arrays);
  std::vector<std::vector<double>> result;
  result.reserve(static_cast<std::size_t>(length));
  for (jsize i = 0; i < length; ++i) {
    auto array = static_cast<jdoubleArray>(env->GetObjectArrayElement(arrays, i));
    check_pending(env);
    result.push_back(to_vector(env, array));
    env->DeleteLocalRef(array);
  }
  return result;
}

std::string to_string(JNIEnv* env, jstring text) {
  if (text == nullptr) {
    throw std::invalid_argument("a string is null");
  }
  const char* characters = env->GetStringUTFChars(text, nullptr);
  check_pending(env);
  std::string result(characters);
  env->ReleaseStringUTFChars(text, characters);
  return result;
}

jdoubleArray to_java(JNIEnv* env, const std::vector<double>& values) {
  const jsize length = checked_size(values.size());
  jdoubleArray array = env->NewDoubleArray(length);
  check_pending(env);
  env->SetDoubleArrayRegion(array, 0, length, values.data());
  return array;
}

jlongArray to_java(JNIEnv* env, const std::vector<jlong>& values) {
  const jsize length = checked_size(values.size());
  jlongArray array = env->NewLongArray(length);
  check_pending(env);
  env->SetLongArrayRegion(array, 0, length, values.data());
  return array;
}

jstring to_java(JNIEnv* env, const std::string& text) {
  jstring result = env->NewStringUTF(text.c_str());
  check_pending(env);
  return result;
}

}  // namespace silenda::jni
