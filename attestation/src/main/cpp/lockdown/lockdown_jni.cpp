#include <cerrno>
#include <cstdlib>
#include <jni.h>

#include "memory.h"
#include "seccomp_filter.h"

// All return 0 or errno; none throws.
extern "C" {

JNIEXPORT jint JNICALL Java_io_silenda_attest_lockdown_LockdownNatives_makeNonDumpable(JNIEnv*, jclass) {
  return silenda::make_non_dumpable();
}

JNIEXPORT jint JNICALL Java_io_silenda_attest_lockdown_LockdownNatives_lockMemory(JNIEnv*, jclass) {
  return silenda::lock_memory();
}

JNIEXPORT jlong JNICALL Java_io_silenda_attest_lockdown_LockdownNatives_swapBytes(JNIEnv*, jclass) {
  return silenda::swap_bytes();
}

JNIEXPORT jint JNICALL Java_io_silenda_attest_lockdown_LockdownNatives_installSystemCallFilter(JNIEnv*,
                                                                                              jclass) {
  try {
    return silenda::install_system_call_filter();
  } catch (...) {
    return ENOMEM;
  }
}

JNIEXPORT jint JNICALL Java_io_silenda_attest_lockdown_LockdownNatives_setVariable(JNIEnv* env, jclass,
                                                                                  jstring name,
                                                                                  jstring value) {
  const char* name_text = env->GetStringUTFChars(name, nullptr);
  const char* value_text = env->GetStringUTFChars(value, nullptr);
  int result = ENOMEM;
  if (name_text != nullptr && value_text != nullptr) {
    result = setenv(name_text, value_text, 1) == 0 ? 0 : errno;
  }
  if (value_text != nullptr) {
    env->ReleaseStringUTFChars(value, value_text);
  }
  if (name_text != nullptr) {
    env->ReleaseStringUTFChars(name, name_text);
  }
  return result;
}
}
