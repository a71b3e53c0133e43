#include "profile/client_profile.h"

#include <utility>

#include "encoding.h"
#include "profile/machine_probe.h"

namespace silenda::profile {

ClientProfile::ClientProfile(const SecretKey& secret_key, std::vector<double> values, int level, double scale)
    : secret_key_(secret_key),
      values_(std::move(values)),
      parms_id_(secret_key.context->parms_id(level)),
      scale_(scale),
      encoder_(secret_key.context->seal()),
      encryptor_(secret_key.context->seal(), secret_key.data),
      decryptor_(secret_key.context->seal(), secret_key.data) {
  // Refuses what SEAL would encode to nonsense.
  const Plaintext encoded = encode(secret_key.context, values_, level, scale);
  plaintext_ = encoded.data;
  once(ClientOperation::kEncrypt);
}

void ClientProfile::once(ClientOperation operation) {
  switch (operation) {
    case ClientOperation::kEncode: {
      seal::Plaintext encoded(Context::pool());
      return encoder_.encode(values_, parms_id_, scale_, encoded, Context::pool());
    }
    case ClientOperation::kEncrypt:
      return encryptor_.encrypt_symmetric(plaintext_, ciphertext_, Context::pool());
    case ClientOperation::kDecode: {
      std::vector<double> decoded;
      return encoder_.decode(plaintext_, decoded, Context::pool());
    }
    case ClientOperation::kDecrypt: {
      seal::Plaintext decrypted(Context::pool());
      std::vector<double> decoded;
      decryptor_.decrypt(ciphertext_, decrypted);
      return encoder_.decode(decrypted, decoded, Context::pool());
    }
  }
}

std::int64_t ClientProfile::nanos(ClientOperation operation, int repetitions) {
  const std::int64_t start = now_nanos();
  for (int i = 0; i < repetitions; ++i) {
    once(operation);
  }
  return now_nanos() - start;
}

}  // namespace silenda::profile
