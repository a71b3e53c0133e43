#include "fast/diagonal_sums.h"

#include <algorithm>
#include <new>

#include "fast/pool.h"

namespace silenda::fast {

using kernels::DotRequest;
using kernels::Format;
using kernels::PackedTerm;

namespace {

/// Words of all rotated inputs together that stay in the second-level cache from their rotation to their last product.
constexpr std::size_t kCachedWords = std::size_t{1} << 15;
constexpr std::size_t kLargestTile = 512;
constexpr std::size_t kSmallestTile = 128;
/// Tiles a power of two apart would compete for the same cache sets.
constexpr std::size_t kPadding = 8;

std::size_t tile_words(std::size_t rotation_count) {
  std::size_t words = kLargestTile;
  while (words > kSmallestTile && 2 * rotation_count * words > kCachedWords) {
    words /= 2;
  }
  return words;
}

}  // namespace

struct DiagonalSums::Target {
  std::size_t index;
  bool special;
  Residues digits;
  Residues scaled[2];
};

DiagonalSums::DiagonalSums(std::span<const LinearTransform* const> transforms, const Ciphertext& input,
                           const EvaluationKeys& keys)
    : input_(input),
      ring_(input.context->ring()),
      switcher_(*input.context, level(input)),
      degree_(ring_.degree()) {
  for (std::size_t i = 0; i < transforms.size(); ++i) {
    indices_.emplace_back();
    for (const int step : transforms[i]->baby_steps()) {
      const auto found = std::find(steps_.begin(), steps_.end(), step);
      indices_.back().push_back(static_cast<std::size_t>(found - steps_.begin()));
      if (found == steps_.end()) {
        steps_.push_back(step);
        rotations_.push_back(find_rotation(*input.context, keys, step, level(input)));
        rotates_ |= step != 0;
      }
    }
    for (const auto& group : transforms[i]->groups()) {
      transform_of_group_.push_back(i);
      most_diagonals_ = std::max(most_diagonals_, group.residues.front().rotations.size());
    }
  }
  tile_words_ = tile_words(rotations_.size());
}

void DiagonalSums::compute(std::span<const GroupSum> sums) const {
  Workspace::Frame frame;
  Residues coefficients = frame.take(switcher_.prime_count() * degree_);
  if (rotates_) {
    switcher_.coefficients(input_.data.data(1), coefficients);
  }
  parallel_for(switcher_.target_count(), [&](std::size_t index) {
    Workspace::Frame of_target;
    Target target{index, switcher_.is_special(index), of_target.take(switcher_.digit_count() * degree_),
                  {of_target.take(degree_), of_target.take(degree_)}};
    if (rotates_) {
      switcher_.digits_modulo(index, input_.data.data(1), coefficients, target.digits);
    }
    for (std::size_t part = 0; part < 2 && !target.special; ++part) {
      scale_by_special(ring_, index, input_.data.data(part) + index * degree_, target.scaled[part]);
    }
    parallel_for(degree_ / tile_words_, [&](std::size_t tile) {
      Workspace::Frame of_tile;
      Residues rotated = of_tile.take(2 * rotations_.size() * (tile_words_ + kPadding));
      rotate_tile(target, tile * tile_words_, rotated);
      multiply_tile(target, tile * tile_words_, rotated, sums);
    });
  });
}

void DiagonalSums::rotate_tile(const Target& target, std::size_t begin, Residues rotated) const {
  for (const Rotation& rotation : rotations_) {
    if (rotation.key != nullptr) {
      const KeySwitcher::KeyProduct product(switcher_, target.index, *rotation.key, target.digits);
      DotRequest dot = product.request();
      dot.output_format = Format::kOperand;
      dot.permutation = &rotation.permutation;
      dot.permuted_addend = target.special ? nullptr : target.scaled[0];
      dot.first_out = rotated;
      dot.second_out = rotated + tile_words_ + kPadding;
      dot.begin = begin;
      dot.end = begin + tile_words_;
      dot.origin = begin;
      ring_.kernels().dot(dot);
    }
    rotated += 2 * (tile_words_ + kPadding);
  }
}

void DiagonalSums::multiply_tile(const Target& target, std::size_t begin, ConstResidues rotated,
                                 std::span<const GroupSum> sums) const {
  Workspace::Frame frame;
  auto* const terms = new (frame.take(most_diagonals_ * sizeof(PackedTerm) / sizeof(std::uint64_t)))
      PackedTerm[most_diagonals_];
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const LinearTransform::Residues& residues = sums[i].group->residues[target.index];
    PackedTerm* term = terms;
    for (const std::size_t local : residues.rotations) {
      const std::size_t rotation = indices_[transform_of_group_[i]][local];
      ConstResidues first = rotated + 2 * rotation * (tile_words_ + kPadding);
      *term++ = rotations_[rotation].key == nullptr
                    ? PackedTerm{target.scaled[0] + begin, target.scaled[1] + begin}
                    : PackedTerm{first, first + tile_words_ + kPadding};
    }
    const std::size_t offset = target.index * degree_ + begin;
    ring_.kernels().packed_dot({ring_.modulus(switcher_.prime(target.index)), residues.stream.at(begin),
                                residues.stream.width(), terms, residues.rotations.size(), sums[i].first_format,
                                sums[i].second_format, sums[i].sum.first + offset, sums[i].sum.second + offset,
                                tile_words_});
  }
}

}  // namespace silenda::fast
