#include <cmath>

#include "arriving_keys.h"
#include "encoding.h"
#include "jni/jni_support.h"
#include "symmetric_encryption.h"
#include "wire_packing.h"

using namespace silenda;
using namespace silenda::jni;

namespace {

/// A copy of the first bytes of a Java array, cleared when it goes: it may hold a secret key.
class Bytes {
 public:
  explicit Bytes(std::size_t size) : size_(size), data_(new std::uint8_t[size]) {}
  Bytes(JNIEnv* env, jbyteArray array, std::size_t size) : Bytes(size) {
    check_length(env, array);
    env->GetByteArrayRegion(array, 0, static_cast<jsize>(size_), reinterpret_cast<jbyte*>(data_.get()));
  }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  ~Bytes() { seal::util::seal_memzero(data_.get(), size_); }

  std::span<std::uint8_t> span() { return {data_.get(), size_}; }

  void copy_to(JNIEnv* env, jbyteArray array) const {
    check_length(env, array);
    env->SetByteArrayRegion(array, 0, static_cast<jsize>(size_), reinterpret_cast<const jbyte*>(data_.get()));
  }

 private:
  void check_length(JNIEnv* env, jbyteArray array) const {
    if (array == nullptr || static_cast<std::size_t>(env->GetArrayLength(array)) < size_) {
      throw std::invalid_argument("a byte array is shorter than " + std::to_string(size_));
    }
  }

  std::size_t size_;
  std::unique_ptr<std::uint8_t[]> data_;
};

seal::prng_seed_type to_seed(JNIEnv* env, jbyteArray array) {
  Bytes bytes(env, array, kSeedBytes);
  seal::prng_seed_type seed;
  std::copy_n(bytes.span().data(), kSeedBytes, reinterpret_cast<std::uint8_t*>(seed.data()));
  return seed;
}

void from_seed(JNIEnv* env, const seal::prng_seed_type& seed, jbyteArray array) {
  Bytes bytes(kSeedBytes);
  std::copy_n(reinterpret_cast<const std::uint8_t*>(seed.data()), kSeedBytes, bytes.span().data());
  bytes.copy_to(env, array);
}

/// One polynomial of a ciphertext modulo one prime.
struct ResiduePolynomial {
  std::size_t degree;
  const seal::Modulus& prime;
  std::uint64_t* residues;
};

ResiduePolynomial part(const Context& context, seal::Ciphertext& ciphertext, jint polynomial, jint prime) {
  const auto index = static_cast<std::size_t>(prime);
  if (polynomial < 0 || static_cast<std::size_t>(polynomial) >= ciphertext.size() || prime < 0 ||
      index >= ciphertext.coeff_modulus_size()) {
    throw std::invalid_argument("no polynomial " + std::to_string(polynomial) + " with prime " +
                                std::to_string(prime));
  }
  const std::size_t degree = context.poly_modulus_degree();
  return {degree, context.primes()[index], ciphertext.data(static_cast<std::size_t>(polynomial)) + index * degree};
}

jboolean unpack(JNIEnv* env, const ResiduePolynomial& to, jbyteArray packed) {
  Bytes bytes(env, packed, packed_bytes(to.degree, to.prime));
  return static_cast<jboolean>(unpack_residues(bytes.span(), to.degree, to.prime, to.residues));
}

void pack(JNIEnv* env, const ResiduePolynomial& from, jbyteArray packed) {
  Bytes bytes(packed_bytes(from.degree, from.prime));
  pack_residues(from.residues, from.degree, from.prime, bytes.span());
  bytes.copy_to(env, packed);
}

ResiduePolynomial part_of_ciphertext(jlong handle, jint polynomial, jint prime) {
  auto& ciphertext = from_handle<Ciphertext>(handle);
  return part(*ciphertext.context, ciphertext.data, polynomial, prime);
}

const seal::util::NTTTables& tables_of(jlong ciphertext, jint prime) {
  return from_handle<Ciphertext>(ciphertext).context->key_data().small_ntt_tables()[prime];
}

ResiduePolynomial part_of_public_key(jlong handle, jint prime) {
  auto& public_key = from_handle<PublicKey>(handle);
  return part(*public_key.context, public_key.data.data(), 0, prime);
}

jboolean unpack_digit(JNIEnv* env, ArrivingKeys& keys, jint step, jint digit, jint prime, jbyteArray packed) {
  const auto index = static_cast<std::size_t>(prime);
  if (digit < 0 || index >= keys.context().primes().size()) {
    throw std::invalid_argument("no digit " + std::to_string(digit) + " with prime " + std::to_string(prime));
  }
  Bytes bytes(env, packed, packed_bytes(keys.context().poly_modulus_degree(), keys.context().primes()[index]));
  return static_cast<jboolean>(keys.set(step, static_cast<std::size_t>(digit), index, bytes.span()));
}

/// The first polynomial of a digit modulo one prime.
void pack_digit(JNIEnv* env, const EvaluationKeys& keys, jint step, jint digit, jint prime, jbyteArray packed) {
  const Context& context = keys.context();
  const fast::KeyStream& stream = keys.key(step).stream;
  if (digit < 0 || static_cast<std::size_t>(digit) >= stream.digit_count() || prime < 0 ||
      static_cast<std::size_t>(prime) >= context.primes().size() || !stream.has(static_cast<std::size_t>(prime))) {
    throw std::invalid_argument("no digit " + std::to_string(digit) + " with prime " + std::to_string(prime));
  }
  std::vector<std::uint64_t> residues(context.poly_modulus_degree());
  const auto index = static_cast<std::size_t>(prime);
  stream.unpack(static_cast<std::size_t>(digit), 0, index, residues.data());
  pack(env, {residues.size(), context.primes()[index], residues.data()}, packed);
}

Ciphertext new_ciphertext(const ContextPtr& context, int level, int polynomials, double scale) {
  check_scale(*context, level, scale);
  Ciphertext result{context,
                    zero_ciphertext(*context, context->parms_id(level), static_cast<std::size_t>(polynomials))};
  result.data.scale() = scale;
  return result;
}

PublicKey new_public_key(const ContextPtr& context, const seal::prng_seed_type& seed) {
  PublicKey result{context, {}, seed};
  result.data.data() = zero_ciphertext(*context, context->seal().key_parms_id(), 2);
  expand_second(*context, primes_of_level(context->max_level() + 1), seed, SeedPurpose::kPublicKey,
                result.data.data());
  return result;
}

}  // namespace

extern "C" {

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_WireNatives_newCiphertext(JNIEnv* env, jclass, jlong context,
                                                                              jint level, jint polynomials,
                                                                              jdouble scale) {
  return guarded(env, [&] {
    return to_handle<Ciphertext>(new_ciphertext(from_handle<ContextPtr>(context), level, polynomials, scale));
  });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_WireNatives_seedCiphertext(JNIEnv* env, jclass, jlong handle,
                                                                              jbyteArray seed) {
  guarded(env, [&] {
    auto& ciphertext = from_handle<Ciphertext>(handle);
    const Context& context = *ciphertext.context;
    ciphertext.seed = to_seed(env, seed);
    expand_second(context, primes_of_level(context.level(ciphertext.data.parms_id())), *ciphertext.seed,
                  SeedPurpose::kCiphertext, ciphertext.data);
  });
}

JNIEXPORT jboolean JNICALL Java_io_silenda_he_internal_WireNatives_ciphertextSeed(JNIEnv* env, jclass, jlong handle,
                                                                                  jbyteArray seed) {
  return guarded(env, [&] {
    const auto& ciphertext = from_handle<Ciphertext>(handle);
    if (ciphertext.seed) {
      from_seed(env, *ciphertext.seed, seed);
    }
    return static_cast<jboolean>(ciphertext.seed.has_value());
  });
}

JNIEXPORT jboolean JNICALL Java_io_silenda_he_internal_WireNatives_isTransparent(JNIEnv* env, jclass, jlong handle) {
  return guarded(env, [&] { return static_cast<jboolean>(from_handle<Ciphertext>(handle).data.is_transparent()); });
}

JNIEXPORT jboolean JNICALL Java_io_silenda_he_internal_WireNatives_unpackCiphertext(JNIEnv* env, jclass, jlong handle,
                                                                                    jint polynomial, jint prime,
                                                                                    jbyteArray packed) {
  return guarded(env, [&] { return unpack(env, part_of_ciphertext(handle, polynomial, prime), packed); });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_WireNatives_packCiphertext(JNIEnv* env, jclass, jlong handle,
                                                                              jint polynomial, jint prime,
                                                                              jbyteArray packed) {
  guarded(env, [&] { pack(env, part_of_ciphertext(handle, polynomial, prime), packed); });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_WireNatives_packRounded(JNIEnv* env, jclass, jlong handle,
                                                                           jint polynomial, jint prime,
                                                                           jint droppedBits, jbyteArray packed) {
  guarded(env, [&] {
    const ResiduePolynomial from = part_of_ciphertext(handle, polynomial, prime);
    Bytes bytes(packed_bytes(from.degree, from.prime, droppedBits));
    pack_rounded(from.residues, tables_of(handle, prime), droppedBits, bytes.span());
    bytes.copy_to(env, packed);
  });
}

JNIEXPORT jboolean JNICALL Java_io_silenda_he_internal_WireNatives_unpackRounded(JNIEnv* env, jclass, jlong handle,
                                                                                 jint polynomial, jint prime,
                                                                                 jint droppedBits, jbyteArray packed) {
  return guarded(env, [&] {
    const ResiduePolynomial to = part_of_ciphertext(handle, polynomial, prime);
    Bytes bytes(env, packed, packed_bytes(to.degree, to.prime, droppedBits));
    return static_cast<jboolean>(unpack_rounded(bytes.span(), tables_of(handle, prime), droppedBits, to.residues));
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_WireNatives_newPublicKey(JNIEnv* env, jclass, jlong context,
                                                                             jbyteArray seed) {
  return guarded(env, [&] {
    return to_handle<PublicKey>(new_public_key(from_handle<ContextPtr>(context), to_seed(env, seed)));
  });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_WireNatives_publicKeySeed(JNIEnv* env, jclass, jlong handle,
                                                                             jbyteArray seed) {
  guarded(env, [&] { from_seed(env, from_handle<PublicKey>(handle).seed, seed); });
}

JNIEXPORT jboolean JNICALL Java_io_silenda_he_internal_WireNatives_unpackPublicKey(JNIEnv* env, jclass, jlong handle,
                                                                                   jint prime, jbyteArray packed) {
  return guarded(env, [&] { return unpack(env, part_of_public_key(handle, prime), packed); });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_WireNatives_packPublicKey(JNIEnv* env, jclass, jlong handle,
                                                                             jint prime, jbyteArray packed) {
  guarded(env, [&] { pack(env, part_of_public_key(handle, prime), packed); });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_WireNatives_newArrivingKeys(JNIEnv* env, jclass, jlong context) {
  return guarded(env, [&] { return to_handle<ArrivingKeys>(ArrivingKeys(from_handle<ContextPtr>(context))); });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_WireNatives_freeArrivingKeys(JNIEnv*, jclass, jlong handle) {
  release<ArrivingKeys>(handle);
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_WireNatives_arrivingKeyBytes(JNIEnv* env, jclass, jlong handle) {
  return guarded(env, [&] { return static_cast<jlong>(from_handle<ArrivingKeys>(handle).native_bytes()); });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_WireNatives_addDigit(JNIEnv* env, jclass, jlong handle, jint step,
                                                                        jint level, jbyteArray seed) {
  guarded(env, [&] { from_handle<ArrivingKeys>(handle).add_digit(step, level, to_seed(env, seed)); });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_WireNatives_finishKeys(JNIEnv* env, jclass, jlong handle) {
  return guarded(env, [&] { return to_handle<EvaluationKeys>(from_handle<ArrivingKeys>(handle).finish()); });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_WireNatives_digitSeed(JNIEnv* env, jclass, jlong handle, jint step,
                                                                         jint digit, jbyteArray seed) {
  guarded(env, [&] {
    from_seed(env, from_handle<EvaluationKeys>(handle).key(step).seeds.at(static_cast<std::size_t>(digit)), seed);
  });
}

JNIEXPORT jboolean JNICALL Java_io_silenda_he_internal_WireNatives_unpackDigit(JNIEnv* env, jclass, jlong handle,
                                                                               jint step, jint digit, jint prime,
                                                                               jbyteArray packed) {
  return guarded(env, [&] { return unpack_digit(env, from_handle<ArrivingKeys>(handle), step, digit, prime, packed); });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_WireNatives_packDigit(JNIEnv* env, jclass, jlong handle, jint step,
                                                                         jint digit, jint prime, jbyteArray packed) {
  guarded(env, [&] { pack_digit(env, from_handle<EvaluationKeys>(handle), step, digit, prime, packed); });
}

JNIEXPORT void JNICALL Java_io_silenda_he_internal_WireNatives_packSecretKey(JNIEnv* env, jclass, jlong handle,
                                                                             jbyteArray packed) {
  guarded(env, [&] {
    const auto& secret_key = from_handle<SecretKey>(handle);
    Bytes bytes(packed_secret_key_bytes(*secret_key.context));
    pack_secret_key(secret_key, bytes.span());
    bytes.copy_to(env, packed);
  });
}

JNIEXPORT jlong JNICALL Java_io_silenda_he_internal_WireNatives_unpackSecretKey(JNIEnv* env, jclass, jlong context,
                                                                                jbyteArray packed) {
  return guarded(env, [&]() -> jlong {
    const auto& shared = from_handle<ContextPtr>(context);
    Bytes bytes(env, packed, packed_secret_key_bytes(*shared));
    std::optional<SecretKey> secret_key = unpack_secret_key(shared, bytes.span());
    return secret_key ? to_handle<SecretKey>(std::move(*secret_key)) : 0;
  });
}

}  // extern "C"
