#include <cstring>
#include <stdexcept>

#include "jni/jni_support.h"
#include "oblivious/oblivious.h"

using namespace silenda::jni;
namespace oblivious = silenda::oblivious;

namespace {

/// Lends the words of a Java array without a copy that would have to be wiped.
class Words {
 public:
  Words(JNIEnv* env, jarray array) : env_(env), array_(array) {
    if (array == nullptr) {
      throw std::invalid_argument("an array is null");
    }
    size_ = static_cast<std::size_t>(env->GetArrayLength(array));
    words_ = static_cast<std::uint32_t*>(env->GetPrimitiveArrayCritical(array, nullptr));
    if (words_ == nullptr) {
      throw std::bad_alloc();
    }
  }
  ~Words() { env_->ReleasePrimitiveArrayCritical(array_, words_, 0); }
  Words(const Words&) = delete;
  Words& operator=(const Words&) = delete;

  /// The words, of which the caller is about to use count.
  std::uint32_t* first(std::size_t count) const {
    if (count > size_) {
      throw std::out_of_range("an array is too short");
    }
    return words_;
  }
  std::size_t size() const { return size_; }

 private:
  JNIEnv* env_;
  jarray array_;
  std::size_t size_ = 0;
  std::uint32_t* words_ = nullptr;
};

oblivious::PoolGeometry to_geometry(const std::vector<int>& sizes) {
  if (sizes.size() != 11) {
    throw std::invalid_argument("a pooling has 11 sizes");
  }
  const auto size = [&](std::size_t i) { return static_cast<std::size_t>(sizes[i]); };
  return {size(0), size(1), size(2), size(3), size(4), size(5), size(6), size(7), size(8), size(9), size(10)};
}

}  // namespace

extern "C" {

JNIEXPORT void JNICALL Java_io_silenda_he_internal_ObliviousNatives_relu(JNIEnv* env, jclass, jfloatArray values,
                                                                         jfloatArray out) {
  guarded(env, [&] {
    const Words in(env, values);
    const Words result(env, out);
    oblivious::relu(in.first(in.size()), in.size(), result.first(in.size()));
  });
}

JNIEXPORT jint JNICALL Java_io_silenda_he_internal_ObliviousNatives_argMax(JNIEnv* env, jclass, jfloatArray values) {
  return guarded(env, [&] {
    const Words in(env, values);
    return static_cast<jint>(oblivious::arg_max(in.first(in.size()), in.size()));
  });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_ObliviousNatives_topK(JNIEnv* env, jclass, jfloatArray values,
                                                                         jlongArray scratch, jfloatArray out_values,
                                                                         jintArray out_indices) {
  guarded(env, [&] {
    const Words in(env, values);
    const Words kept(env, out_values);
    const Words indices(env, out_indices);
    const Words work(env, scratch);
    const std::size_t k = kept.size();
    auto* words = reinterpret_cast<std::uint64_t*>(work.first(k));
    oblivious::top_k(in.first(in.size()), in.size(), k, words, kept.first(k), indices.first(k));
    std::memset(words, 0, k * sizeof(std::uint64_t));
  });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_ObliviousNatives_maxPool(JNIEnv* env, jclass, jfloatArray values,
                                                                            jintArray sizes, jfloatArray out) {
  guarded(env, [&] {
    const oblivious::PoolGeometry geometry = to_geometry(to_vector(env, sizes));
    const Words in(env, values);
    const Words result(env, out);
    oblivious::max_pool(in.first(geometry.planes * geometry.height * geometry.width), geometry,
                        result.first(geometry.planes * geometry.out_height * geometry.out_width));
  });
}

JNIEXPORT jboolean JNICALL Java_io_silenda_he_internal_ObliviousNatives_lookUp(JNIEnv* env, jclass, jfloatArray table,
                                                                               jint rows, jint index,
                                                                               jfloatArray out) {
  return guarded(env, [&]() -> jboolean {
    const Words entries(env, table);
    const Words row(env, out);
    const auto count = static_cast<std::size_t>(rows);
    return oblivious::look_up(entries.first(count * row.size()), count, row.size(), static_cast<std::uint32_t>(index),
                              row.first(row.size()));
  });
}

}  // extern "C"
