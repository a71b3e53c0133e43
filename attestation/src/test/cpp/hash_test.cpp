#include <algorithm>
#include <vector>

#include "../../main/cpp/launcher/sha256.h"
#include "check.h"

namespace silenda::test {

namespace {

std::string hash(const std::vector<std::uint8_t>& data, std::size_t piece, Sha256::Code code) {
  Sha256 hash(code);
  for (std::size_t at = 0; at < data.size(); at += piece) {
    hash.update(data.data() + at, std::min(piece, data.size() - at));
  }
  return hex(hash.finish());
}

std::vector<std::uint8_t> bytes(const std::string& text) { return {text.begin(), text.end()}; }

void known_answers(Sha256::Code code) {
  // FIPS 180-4 examples.
  check(hash({}, 1, code) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "SHA-256 of nothing");
  check(hash(bytes("abc"), 64, code) ==
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "SHA-256 of abc");
  check(hash(bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), 7, code) ==
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        "SHA-256 of two blocks");
  check(hash(std::vector<std::uint8_t>(1000000, 'a'), 4096, code) ==
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
        "SHA-256 of a million a");
}

}  // namespace

void hash_tests() {
  known_answers(Sha256::Code::kBest);
  known_answers(Sha256::Code::kPortable);
  std::vector<std::uint8_t> data;
  std::uint32_t random = 20261121;
  for (int size = 0; size < 400; size++) {
    const std::string expected = hash(data, 1000, Sha256::Code::kPortable);
    check(hash(data, 1000, Sha256::Code::kBest) == expected, "both codes agree on one piece");
    check(hash(data, 13, Sha256::Code::kBest) == expected, "pieces do not matter");
    random = random * 1664525 + 1013904223;
    data.push_back(static_cast<std::uint8_t>(random >> 24));
  }
}

}  // namespace silenda::test
