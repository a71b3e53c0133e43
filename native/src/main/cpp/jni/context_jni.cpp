#include <algorithm>

#include "encoding.h"
#include "jni/jni_support.h"
#include "wiped.h"
#include "kernels/dispatch.h"

using namespace silenda;
using namespace silenda::jni;

extern "C" {

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_ContextNatives_create(JNIEnv* env, jclass, jint degree,
                                                                          jintArray prime_bits,
                                                                          jint special_primes,
                                                                          jstring kernels) {
  return guarded(env, [&] {
    return to_handle<ContextPtr>(
        std::make_shared<const Context>(static_cast<std::size_t>(degree), to_vector(env, prime_bits),
                                        kernels::choose_kernel_set(to_string(env, kernels)),
                                        static_cast<std::size_t>(special_primes)));
  });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_ContextNatives_free(JNIEnv*, jclass, jlong handle) {
  release<ContextPtr>(handle);
}

JNIEXPORT jlongArray JNICALL Java_io_silenda_he_internal_ContextNatives_primes(JNIEnv* env, jclass, jlong handle) {
  return guarded(env, [&] {
    const auto& primes = from_handle<ContextPtr>(handle)->primes();
    std::vector<jlong> values(primes.size());
    std::transform(primes.begin(), primes.end(), values.begin(),
                   [](const seal::Modulus& prime) { return static_cast<jlong>(prime.value()); });
    return to_java(env, values);
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_ContextNatives_encode(JNIEnv* env, jclass, jlong context,
                                                                          jdoubleArray values, jint level,
                                                                          jdouble scale) {
  return guarded(env, [&] {
    std::vector<double> copy = to_vector(env, values);
    const WipeAtEnd wipe(copy);
    return to_handle<Plaintext>(encode(from_handle<ContextPtr>(context), copy, level, scale));
  });
}

JNIEXPORT jdoubleArray JNICALL Java_io_silenda_he_internal_ContextNatives_decode(JNIEnv* env, jclass,
                                                                                 jlong plaintext) {
  return guarded(env, [&] {
    const auto& value = from_handle<Plaintext>(plaintext);
    std::vector<double> values = decode(*value.context, value.data);
    const WipeAtEnd wipe(values);
    return to_java(env, values);
  });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_ContextNatives_freePlaintext(JNIEnv*, jclass, jlong handle) {
  release<Plaintext>(handle);
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_ContextNatives_plaintextBytes(JNIEnv* env, jclass,
                                                                                  jlong handle) {
  return guarded(env, [&] {
    return static_cast<jlong>(from_handle<Plaintext>(handle).data.coeff_count() * sizeof(std::uint64_t));
  });
}

}  // extern "C"
