#pragma once

#include <cstdint>
#include <vector>

#include "values.h"

namespace silenda::profile {

enum class ClientOperation { kEncode, kEncrypt, kDecode, kDecrypt };

/// Times what SEAL itself does for a client: the baseline for our encoding, encryption and decryption. Encryption is
/// symmetric with a seed, decryption includes decoding. Not thread-safe. The secret key outlives it.
class ClientProfile {
 public:
  ClientProfile(const SecretKey& secret_key, std::vector<double> values, int level, double scale);

  std::int64_t nanos(ClientOperation operation, int repetitions);

 private:
  void once(ClientOperation operation);

  const SecretKey& secret_key_;
  std::vector<double> values_;
  seal::parms_id_type parms_id_;
  double scale_;
  seal::CKKSEncoder encoder_;
  seal::Encryptor encryptor_;
  seal::Decryptor decryptor_;
  seal::Plaintext plaintext_;
  seal::Ciphertext ciphertext_;
};

}  // namespace silenda::profile
