// The native methods of io.silenda.dp.mechanism.NoiseKernel. Callers check every range; nothing here throws.
#include <algorithm>
#include <new>

#include "aes_counter.h"
#include "jni_array.h"
#include "normal_quantile.h"

namespace {

using silenda::dp::AesCounter;
using silenda::dp::Pinned;
using silenda::dp::QuantileTable;

constexpr size_t kChunkWords = 1024;
constexpr size_t kWordsPerBlock = 2;

AesCounter* counter(jlong handle) { return reinterpret_cast<AesCounter*>(handle); }

// Words of the key stream, from any place; begins within a block where the place is odd.
struct Words {
  alignas(64) uint64_t words[kChunkWords + kWordsPerBlock];
  const uint64_t* begin = words;

  void read(const AesCounter& stream, uint64_t first, size_t count) {
    size_t skip = first % kWordsPerBlock;
    size_t blocks = (skip + count + kWordsPerBlock - 1) / kWordsPerBlock;
    stream.blocks(first / kWordsPerBlock, blocks, reinterpret_cast<uint8_t*>(words));
    begin = words + skip;
  }

  ~Words() { silenda::dp::wipe(words, sizeof words); }
};

}  // namespace

extern "C" {

JNIEXPORT jboolean JNICALL Java_io_silenda_dp_mechanism_NoiseKernel_supported(JNIEnv*, jclass) {
  return __builtin_cpu_supports("aes") && __builtin_cpu_supports("sse4.1") && __builtin_cpu_supports("avx2");
}

// 0 where memory does not suffice.
JNIEXPORT jlong JNICALL Java_io_silenda_dp_mechanism_NoiseKernel_create(JNIEnv* env, jclass, jbyteArray key) {
  uint8_t bytes[AesCounter::kKeyBytes];
  env->GetByteArrayRegion(key, 0, sizeof bytes, reinterpret_cast<jbyte*>(bytes));
  auto* made = new (std::nothrow) AesCounter(bytes);
  silenda::dp::wipe(bytes, sizeof bytes);
  return reinterpret_cast<jlong>(made);
}

JNIEXPORT void JNICALL Java_io_silenda_dp_mechanism_NoiseKernel_destroy(JNIEnv*, jclass, jlong handle) {
  delete counter(handle);
}

// 0 where memory does not suffice.
JNIEXPORT jlong JNICALL Java_io_silenda_dp_mechanism_NoiseKernel_table(JNIEnv* env, jclass, jdoubleArray rows) {
  auto* table = new (std::nothrow) QuantileTable;
  if (table != nullptr) {
    env->GetDoubleArrayRegion(rows, 0, QuantileTable::kSize, table->rows);
  }
  return reinterpret_cast<jlong>(table);
}

JNIEXPORT jboolean JNICALL Java_io_silenda_dp_mechanism_NoiseKernel_words(JNIEnv* env, jclass, jlong handle,
                                                                         jlong first, jlongArray out, jint count) {
  Words chunk;
  Pinned<uint64_t> target(env, out, 0);
  if (target.get() == nullptr) {
    return JNI_FALSE;
  }
  for (size_t done = 0; done < static_cast<size_t>(count); done += kChunkWords) {
    size_t now = std::min(kChunkWords, static_cast<size_t>(count) - done);
    chunk.read(*counter(handle), static_cast<uint64_t>(first) + done, now);
    std::copy_n(chunk.begin, now, target.get() + done);
  }
  return JNI_TRUE;
}

// How many samples are not decided, or -1 where an array could not be had.
JNIEXPORT jint JNICALL Java_io_silenda_dp_mechanism_NoiseKernel_normals(JNIEnv* env, jclass, jlong handle,
                                                                        jlong table, jlong first, jdouble scale,
                                                                        jdouble margin, jintArray out, jint from,
                                                                        jint count, jintArray undecided) {
  Words chunk;
  Pinned<int32_t> samples(env, out, 0);
  Pinned<int32_t> open(env, undecided, 0);
  if (samples.get() == nullptr || open.get() == nullptr) {
    return -1;
  }
  size_t found = 0;
  for (size_t done = 0; done < static_cast<size_t>(count); done += kChunkWords) {
    size_t now = std::min(kChunkWords, static_cast<size_t>(count) - done);
    chunk.read(*counter(handle), static_cast<uint64_t>(first) + done, now);
    found += silenda::dp::rounded_normals(*reinterpret_cast<QuantileTable*>(table), chunk.begin, now, scale, margin,
                                          static_cast<int32_t>(done), samples.get() + from + done,
                                          open.get() + found);
  }
  return static_cast<jint>(found);
}

}  // extern "C"
