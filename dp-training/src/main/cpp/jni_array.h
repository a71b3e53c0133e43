#pragma once

#include <jni.h>

namespace silenda::dp {

// An array's elements, without a copy where the JVM can; nothing may block or call back meanwhile.
template <typename T>
class Pinned {
 public:
  // `mode` is 0, or JNI_ABORT for an array that is only read.
  Pinned(JNIEnv* env, jarray array, jint mode)
      : env_(env), array_(array), mode_(mode), data_(static_cast<T*>(env->GetPrimitiveArrayCritical(array, nullptr))) {}
  ~Pinned() {
    if (data_ != nullptr) {
      env_->ReleasePrimitiveArrayCritical(array_, data_, mode_);
    }
  }
  Pinned(const Pinned&) = delete;
  Pinned& operator=(const Pinned&) = delete;
  // Null where the array could not be had.
  T* get() const { return data_; }

 private:
  JNIEnv* env_;
  jarray array_;
  jint mode_;
  T* data_;
};

}  // namespace silenda::dp
