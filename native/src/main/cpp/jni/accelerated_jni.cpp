#include "fast/operations.h"
#include "fast/transform.h"
#include "jni/jni_support.h"

using namespace silenda;
using namespace silenda::jni;

extern "C" {

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_multiply(JNIEnv* env, jclass, jlong left,
                                                                                jlong right) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(fast::multiply(from_handle<Ciphertext>(left), from_handle<Ciphertext>(right)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_square(JNIEnv* env, jclass, jlong operand) {
  return guarded(env, [&] { return to_handle<Ciphertext>(fast::square(from_handle<Ciphertext>(operand))); });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_relinearize(JNIEnv* env, jclass,
                                                                                   jlong operand, jlong keys) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(
        fast::relinearize(from_handle<Ciphertext>(operand), from_handle<EvaluationKeys>(keys)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_rescale(JNIEnv* env, jclass, jlong operand) {
  return guarded(env, [&] { return to_handle<Ciphertext>(fast::rescale(from_handle<Ciphertext>(operand))); });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_multiplyPlain(JNIEnv* env, jclass,
                                                                                     jlong operand, jlong plaintext) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(
        fast::multiply_plain(from_handle<Ciphertext>(operand), from_handle<Plaintext>(plaintext)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_rotate(JNIEnv* env, jclass, jlong operand,
                                                                              jint step, jlong keys) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(
        fast::rotate(from_handle<Ciphertext>(operand), step, from_handle<EvaluationKeys>(keys)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_squareRelinearizeRescale(JNIEnv* env, jclass,
                                                                                                jlong operand,
                                                                                                jlong keys) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(fast::square_relinearize_rescale(from_handle<Ciphertext>(operand),
                                                                  from_handle<EvaluationKeys>(keys)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_applyTransform(JNIEnv* env, jclass,
                                                                                      jlong transform, jlong operand,
                                                                                      jlong keys) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(fast::apply(from_handle<LinearTransform>(transform),
                                             from_handle<Ciphertext>(operand), from_handle<EvaluationKeys>(keys)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_AcceleratedNatives_evaluatePolynomial(
    JNIEnv* env, jclass, jboolean chebyshev, jdoubleArray coefficients, jlong operand, jlong keys,
    jdouble target_scale) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(evaluate_polynomial(
        fast::polynomial_arithmetic(), chebyshev ? Basis::kChebyshev : Basis::kMonomial, to_vector(env, coefficients),
        from_handle<Ciphertext>(operand), from_handle<EvaluationKeys>(keys), target_scale));
  });
}

}  // extern "C"
