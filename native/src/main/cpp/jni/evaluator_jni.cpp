#include "ciphertext_ops.h"
#include "jni/jni_support.h"
#include "polynomial_evaluator.h"
#include "symmetric_encryption.h"

using namespace silenda;
using namespace silenda::jni;

extern "C" {

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_EvaluatorNatives_add(JNIEnv* env, jclass, jlong left,
                                                                         jlong right) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(add(from_handle<Ciphertext>(left), from_handle<Ciphertext>(right)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_EvaluatorNatives_subtract(JNIEnv* env, jclass, jlong left,
                                                                              jlong right) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(subtract(from_handle<Ciphertext>(left), from_handle<Ciphertext>(right)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_EvaluatorNatives_negate(JNIEnv* env, jclass, jlong operand) {
  return guarded(env, [&] { return to_handle<Ciphertext>(negate(from_handle<Ciphertext>(operand))); });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_EvaluatorNatives_rerandomize(JNIEnv* env, jclass, jlong operand,
                                                                                 jlong public_key) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(rerandomize(from_handle<Ciphertext>(operand), from_handle<PublicKey>(public_key)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_EvaluatorNatives_multiply(JNIEnv* env, jclass, jlong left,
                                                                              jlong right) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(multiply(from_handle<Ciphertext>(left), from_handle<Ciphertext>(right)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_EvaluatorNatives_square(JNIEnv* env, jclass, jlong operand) {
  return guarded(env, [&] { return to_handle<Ciphertext>(square(from_handle<Ciphertext>(operand))); });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_EvaluatorNatives_relinearize(JNIEnv* env, jclass,
                                                                                 jlong operand, jlong keys) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(relinearize(from_handle<Ciphertext>(operand), from_handle<EvaluationKeys>(keys)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_EvaluatorNatives_rescale(JNIEnv* env, jclass, jlong operand) {
  return guarded(env, [&] { return to_handle<Ciphertext>(rescale(from_handle<Ciphertext>(operand))); });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_EvaluatorNatives_modSwitchTo(JNIEnv* env, jclass,
                                                                                 jlong operand, jint level) {
  return guarded(
      env, [&] { return to_handle<Ciphertext>(mod_switch_to(from_handle<Ciphertext>(operand), level)); });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_EvaluatorNatives_addPlain(JNIEnv* env, jclass, jlong operand,
                                                                              jlong plaintext) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(add_plain(from_handle<Ciphertext>(operand), from_handle<Plaintext>(plaintext)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_EvaluatorNatives_multiplyPlain(JNIEnv* env, jclass,
                                                                                   jlong operand,
                                                                                   jlong plaintext) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(
        multiply_plain(from_handle<Ciphertext>(operand), from_handle<Plaintext>(plaintext)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_EvaluatorNatives_rotate(JNIEnv* env, jclass, jlong operand,
                                                                            jint step, jlong keys) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(
        rotate(from_handle<Ciphertext>(operand), step, from_handle<EvaluationKeys>(keys)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_EvaluatorNatives_squareRelinearizeRescale(JNIEnv* env, jclass,
                                                                                              jlong operand,
                                                                                              jlong keys) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(
        square_relinearize_rescale(from_handle<Ciphertext>(operand), from_handle<EvaluationKeys>(keys)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_EvaluatorNatives_evaluatePolynomial(
    JNIEnv* env, jclass, jboolean chebyshev, jdoubleArray coefficients, jlong operand, jlong keys,
    jdouble target_scale) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(evaluate_polynomial(
        seal_arithmetic(), chebyshev ? Basis::kChebyshev : Basis::kMonomial, to_vector(env, coefficients),
        from_handle<Ciphertext>(operand), from_handle<EvaluationKeys>(keys), target_scale));
  });
}

}  // extern "C"
