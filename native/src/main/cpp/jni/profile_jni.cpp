#include "jni/jni_support.h"
#include "profile/client_profile.h"
#include "profile/machine_probe.h"
#include "profile/transform_profile.h"

using namespace silenda::jni;
using silenda::profile::ClientOperation;
using silenda::profile::ClientProfile;
using silenda::profile::ReadStream;
using silenda::profile::TransformOperation;
using silenda::profile::TransformProfile;

extern "C" {

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_ProfileNatives_createTransform(JNIEnv* env, jclass,
                                                                                   jint log2_degree, jint prime_bits,
                                                                                   jstring kernels) {
  return guarded(env, [&] {
    return reinterpret_cast<jlong>(new TransformProfile(log2_degree, prime_bits, to_string(env, kernels)));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_ProfileNatives_transformNanos(JNIEnv* env, jclass, jlong profile,
                                                                                  jint operation, jboolean seal,
                                                                                  jint repetitions) {
  return guarded(env, [&]() -> jlong {
    auto& transform = from_handle<TransformProfile>(profile);
    const auto chosen = static_cast<TransformOperation>(operation);
    return seal ? transform.seal_nanos(chosen, repetitions) : transform.our_nanos(chosen, repetitions);
  });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_ProfileNatives_freeTransform(JNIEnv*, jclass, jlong profile) {
  release<TransformProfile>(profile);
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_ProfileNatives_createClient(JNIEnv* env, jclass,
                                                                                jlong secret_key, jdoubleArray values,
                                                                                jint level, jdouble scale) {
  return guarded(env, [&] {
    return reinterpret_cast<jlong>(
        new ClientProfile(from_handle<silenda::SecretKey>(secret_key), to_vector(env, values), level, scale));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_ProfileNatives_clientNanos(JNIEnv* env, jclass, jlong profile,
                                                                               jint operation, jint repetitions) {
  return guarded(env, [&]() -> jlong {
    return from_handle<ClientProfile>(profile).nanos(static_cast<ClientOperation>(operation), repetitions);
  });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_ProfileNatives_freeClient(JNIEnv*, jclass, jlong profile) {
  release<ClientProfile>(profile);
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_ProfileNatives_createStream(JNIEnv* env, jclass, jlong bytes) {
  return guarded(env, [&] { return to_handle(ReadStream(static_cast<std::size_t>(bytes))); });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_ProfileNatives_readNanos(JNIEnv* env, jclass, jlong stream) {
  return guarded(env, [&]() -> jlong { return from_handle<ReadStream>(stream).read_nanos(); });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_ProfileNatives_freeStream(JNIEnv*, jclass, jlong stream) {
  release<ReadStream>(stream);
}

JNIEXPORT jdouble JNICALL Java_io_silenda_he_internal_ProfileNatives_multipliesPerSecond(JNIEnv* env, jclass,
                                                                                         jstring kernels,
                                                                                         jlong rounds) {
  return guarded(env, [&]() -> jdouble {
    const auto loop =
        silenda::profile::multiply_loop(to_string(env, kernels), static_cast<std::uint64_t>(rounds));
    return static_cast<double>(loop.multiplications) * 1e9 / static_cast<double>(loop.nanos);
  });
}

}  // extern "C"
