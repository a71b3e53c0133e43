#include <optional>

#include "fast/operations.h"
#include "fast/pool.h"
#include "fast/public_encryption.h"
#include "fast/transform.h"
#include "jni/jni_support.h"

using namespace silenda;
using namespace silenda::jni;

namespace {

/// As guarded, within the pool unless its handle is zero.
template <typename Body>
auto within(JNIEnv* env, jlong pool, const Body& body) noexcept {
  return guarded(env, [&] {
    std::optional<fast::Pool::Entrance> entrance;
    if (pool != 0) {
      entrance.emplace(from_handle<fast::Pool>(pool));
    }
    return body();
  });
}

}  // namespace

extern "C" {

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_multiply(JNIEnv* env, jclass, jlong pool, jlong left,
                                                                                jlong right) {
  return within(env, pool, [&] {
    return to_handle<Ciphertext>(fast::multiply(from_handle<Ciphertext>(left), from_handle<Ciphertext>(right)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_square(JNIEnv* env, jclass, jlong pool, jlong operand) {
  return within(env, pool, [&] { return to_handle<Ciphertext>(fast::square(from_handle<Ciphertext>(operand))); });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_relinearize(JNIEnv* env, jclass, jlong pool,
                                                                                   jlong operand, jlong keys) {
  return within(env, pool, [&] {
    return to_handle<Ciphertext>(
        fast::relinearize(from_handle<Ciphertext>(operand), from_handle<EvaluationKeys>(keys)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_rescale(JNIEnv* env, jclass, jlong pool, jlong operand) {
  return within(env, pool, [&] { return to_handle<Ciphertext>(fast::rescale(from_handle<Ciphertext>(operand))); });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_multiplyPlain(JNIEnv* env, jclass, jlong pool,
                                                                                     jlong operand, jlong plaintext) {
  return within(env, pool, [&] {
    return to_handle<Ciphertext>(
        fast::multiply_plain(from_handle<Ciphertext>(operand), from_handle<Plaintext>(plaintext)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_rotate(JNIEnv* env, jclass, jlong pool, jlong operand,
                                                                              jint step, jlong keys) {
  return within(env, pool, [&] {
    return to_handle<Ciphertext>(
        fast::rotate(from_handle<Ciphertext>(operand), step, from_handle<EvaluationKeys>(keys)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_squareRelinearizeRescale(JNIEnv* env, jclass, jlong pool,
                                                                                                jlong operand,
                                                                                                jlong keys) {
  return within(env, pool, [&] {
    return to_handle<Ciphertext>(fast::square_relinearize_rescale(from_handle<Ciphertext>(operand),
                                                                  from_handle<EvaluationKeys>(keys)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_rerandomize(JNIEnv* env, jclass, jlong pool,
                                                                                   jlong operand, jlong public_key) {
  return within(env, pool, [&] {
    return to_handle<Ciphertext>(
        fast::rerandomize(from_handle<Ciphertext>(operand), from_handle<PublicKey>(public_key)));
  });
}

JNIEXPORT jlongArray JNICALL Java_io_silenda_he_internal_AcceleratedNatives_applyTransforms(
    JNIEnv* env, jclass, jlong pool, jlongArray transforms, jlong operand, jlong keys) {
  return within(env, pool, [&] {
    std::vector<const LinearTransform*> pointers;
    for (const jlong handle : to_vector(env, transforms)) {
      pointers.push_back(&from_handle<LinearTransform>(handle));
    }
    return to_handles(env, fast::apply_all(pointers, from_handle<Ciphertext>(operand),
                                           from_handle<EvaluationKeys>(keys)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_evaluatePolynomial(
    JNIEnv* env, jclass, jlong pool, jboolean chebyshev, jdoubleArray coefficients, jlong operand, jlong keys,
    jdouble target_scale) {
  return within(env, pool, [&] {
    return to_handle<Ciphertext>(evaluate_polynomial(
        fast::polynomial_arithmetic(), chebyshev ? Basis::kChebyshev : Basis::kMonomial, to_vector(env, coefficients),
        from_handle<Ciphertext>(operand), from_handle<EvaluationKeys>(keys), target_scale));
  });
}

}  // extern "C"
