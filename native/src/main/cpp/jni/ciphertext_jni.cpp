#include "ciphertext_ops.h"
#include "encoding.h"
#include "fast/public_encryption.h"
#include "jni/jni_support.h"
#include "symmetric_encryption.h"
#include "wiped.h"

using namespace silenda;
using namespace silenda::jni;

extern "C" {

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_CiphertextNatives_encryptSymmetric(JNIEnv* env, jclass,
                                                                                       jlong secret_key,
                                                                                       jlong plaintext) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(
        encrypt_symmetric(from_handle<SecretKey>(secret_key), from_handle<Plaintext>(plaintext)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_CiphertextNatives_encryptWithPublicKey(JNIEnv* env, jclass,
                                                                                           jlong public_key,
                                                                                           jlong plaintext) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(
        fast::encrypt(from_handle<PublicKey>(public_key), from_handle<Plaintext>(plaintext)));
  });
}

JNIEXPORT jdoubleArray JNICALL Java_io_silenda_he_internal_CiphertextNatives_decrypt(JNIEnv* env, jclass,
                                                                                     jlong secret_key,
                                                                                     jlong ciphertext) {
  return guarded(env, [&] {
    std::vector<double> values = decrypt(from_handle<SecretKey>(secret_key), from_handle<Ciphertext>(ciphertext));
    const WipeAtEnd wipe(values);
    return to_java(env, values);
  });
}

JNIEXPORT jint JNICALL Java_io_silenda_he_internal_CiphertextNatives_level(JNIEnv* env, jclass, jlong handle) {
  return guarded(env, [&] { return static_cast<jint>(level(from_handle<Ciphertext>(handle))); });
}

JNIEXPORT jdouble JNICALL Java_io_silenda_he_internal_CiphertextNatives_scale(JNIEnv* env, jclass, jlong handle) {
  return guarded(env, [&] { return static_cast<jdouble>(from_handle<Ciphertext>(handle).data.scale()); });
}

JNIEXPORT jint JNICALL Java_io_silenda_he_internal_CiphertextNatives_size(JNIEnv* env, jclass, jlong handle) {
  return guarded(env, [&] { return static_cast<jint>(from_handle<Ciphertext>(handle).data.size()); });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_CiphertextNatives_nativeBytes(JNIEnv* env, jclass,
                                                                                  jlong handle) {
  return guarded(env, [&] {
    return static_cast<jlong>(from_handle<Ciphertext>(handle).data.dyn_array().size() * sizeof(std::uint64_t));
  });
}

JNIEXPORT jboolean JNICALL Java_io_silenda_he_internal_CiphertextNatives_isSeeded(JNIEnv* env, jclass, jlong handle) {
  return guarded(env, [&] { return static_cast<jboolean>(from_handle<Ciphertext>(handle).seed.has_value()); });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_CiphertextNatives_free(JNIEnv*, jclass, jlong handle) {
  release<Ciphertext>(handle);
}

}  // extern "C"
