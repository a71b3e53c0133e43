#include "fast/pool.h"
#include "jni/jni_support.h"

using namespace silenda;
using namespace silenda::jni;

extern "C" {

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_PoolNatives_create(JNIEnv* env, jclass, jint threads) {
  return guarded(env, [&] {
    if (threads < 1) {
      throw std::invalid_argument("a pool of " + std::to_string(threads) + " threads");
    }
    return reinterpret_cast<jlong>(std::make_unique<fast::Pool>(static_cast<std::size_t>(threads)).release());
  });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_PoolNatives_free(JNIEnv*, jclass, jlong handle) {
  release<fast::Pool>(handle);
}

}  // extern "C"
