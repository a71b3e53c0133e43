#include "jni/jni_support.h"
#include "key_generation.h"
#include "symmetric_encryption.h"

using namespace silenda;
using namespace silenda::jni;

namespace {

/// SEAL's generator keeps the secret key in memory that it clears.
SecretKey generate_secret_key(const ContextPtr& context) {
  seal::KeyGenerator generator(context->seal());
  return {context, generator.secret_key()};
}

std::map<int, int> to_map(const std::vector<int>& steps, const std::vector<int>& levels) {
  if (steps.size() != levels.size()) {
    throw std::invalid_argument("steps and levels differ in length");
  }
  std::map<int, int> result;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    result[steps[i]] = levels[i];
  }
  return result;
}

}  // namespace

extern "C" {

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_KeyNatives_generateSecretKey(JNIEnv* env, jclass,
                                                                                 jlong context) {
  return guarded(env, [&] { return to_handle<SecretKey>(generate_secret_key(from_handle<ContextPtr>(context))); });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_KeyNatives_wipeSecretKey(JNIEnv* env, jclass, jlong handle) {
  guarded(env, [&] { from_handle<SecretKey>(handle).wipe(); });
}

JNIEXPORT jboolean JNICALL Java_io_silenda_he_internal_KeyNatives_isSecretKeyWiped(JNIEnv* env, jclass,
                                                                                   jlong handle) {
  return guarded(env, [&] { return static_cast<jboolean>(from_handle<SecretKey>(handle).is_wiped()); });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_KeyNatives_secretKeyBytes(JNIEnv* env, jclass, jlong handle) {
  return guarded(env, [&] {
    return static_cast<jlong>(from_handle<SecretKey>(handle).word_count() * sizeof(std::uint64_t));
  });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_KeyNatives_freeSecretKey(JNIEnv*, jclass, jlong handle) {
  release<SecretKey>(handle);
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_KeyNatives_generatePublicKey(JNIEnv* env, jclass,
                                                                                 jlong secret_key) {
  return guarded(env,
                 [&] { return to_handle<PublicKey>(generate_public_key(from_handle<SecretKey>(secret_key))); });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_KeyNatives_publicKeyBytes(JNIEnv* env, jclass, jlong handle) {
  return guarded(env, [&] {
    return static_cast<jlong>(from_handle<PublicKey>(handle).data.data().dyn_array().size() *
                              sizeof(std::uint64_t));
  });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_KeyNatives_freePublicKey(JNIEnv*, jclass, jlong handle) {
  release<PublicKey>(handle);
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_KeyNatives_generateEvaluationKeys(
    JNIEnv* env, jclass, jlong secret_key, jint relinearization_level, jintArray steps, jintArray levels) {
  return guarded(env, [&] {
    return to_handle<EvaluationKeys>(generate_evaluation_keys(from_handle<SecretKey>(secret_key),
                                                              relinearization_level,
                                                              to_map(to_vector(env, steps), to_vector(env, levels))));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_KeyNatives_evaluationKeyBytes(JNIEnv* env, jclass,
                                                                                  jlong handle) {
  return guarded(env, [&] { return static_cast<jlong>(from_handle<EvaluationKeys>(handle).native_bytes()); });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_KeyNatives_freeEvaluationKeys(JNIEnv*, jclass, jlong handle) {
  release<EvaluationKeys>(handle);
}

}  // extern "C"
