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
    return 12;  // ENOMEM
  }
}
}
