#include "fast/rotation.h"

#include <stdexcept>
#include <string>

#include "seal/util/galois.h"

namespace silenda::fast {

Rotation find_rotation(const Context& context, const EvaluationKeys& keys, int step, int level) {
  if (step == 0) {
    return {};
  }
  const std::uint32_t element = context.key_data().galois_tool()->get_elt_from_step(step);
  if (!keys.rotation.has_key(element) || keys.rotation.key(element).size() <= static_cast<std::size_t>(level)) {
    throw std::invalid_argument("there is no key for rotation step " + std::to_string(step) + " at level " +
                                std::to_string(level));
  }
  return {context.ring().automorphism(element).permutation(), &keys.rotation.key(element)};
}

void scale_by_special(const Ring& ring, std::size_t prime, ConstResidues polynomial, Residues out) {
  const std::uint64_t modulus = ring.modulus(prime);
  const kernels::CombineTerm term{polynomial, ring.modulus(ring.special()) % modulus};
  ring.kernels().combine({modulus, &term, 1, 0, nullptr, ring.degree()}, out, kernels::Format::kOperand);
}

}  // namespace silenda::fast
