#include "fast/rotation.h"

#include "seal/util/galois.h"

namespace silenda::fast {

Rotation find_rotation(const Context& context, const EvaluationKeys& keys, int step, int level) {
  if (step == 0) {
    return {};
  }
  const std::uint32_t element = context.key_data().galois_tool()->get_elt_from_step(step);
  return {context.ring().automorphism(element).permutation(), &keys.stream(step, level)};
}

void scale_by_special(const Ring& ring, std::size_t prime, ConstResidues polynomial, Residues out) {
  const std::uint64_t modulus = ring.modulus(prime);
  const kernels::CombineTerm term{polynomial, ring.special().product(prime)};
  ring.kernels().combine({modulus, &term, 1, 0, nullptr, ring.degree()}, out, kernels::Format::kOperand);
}

}  // namespace silenda::fast
