package io.silenda.dp.scattering;

import java.util.ArrayList;
import java.util.List;

/**
 * The filters of a scattering transform: Morlet wavelets of {@code scales} octaves and {@code
 * angles} directions over half a turn, and low-passes. No data goes into them.
 *
 * <p>A map at resolution r has been subsampled by 2^r. On it, the wavelet of octave j is the one of
 * octave j - r, followed by a stride of 2^(j - r), and the low-pass is narrower by 2^r. All filters
 * have one gain, at most 1, by which at every resolution the squared responses of the low-pass and
 * of the wavelets that follow there add up to at most 1 for real maps (Littlewood–Paley): each
 * layer of the transform, and so the whole of it, does not expand distances. Immutable.
 */
public final class FilterBank {
  private final int scales;
  private final int angles;
  private final List<List<Kernel>> wavelets = new ArrayList<>();
  private final List<Kernel> lowPasses = new ArrayList<>();

  private FilterBank(int scales, int angles, double gain) {
    this.scales = scales;
    this.angles = angles;
    for (int octave = 0; octave < scales; octave++) {
      List<Kernel> turned = new ArrayList<>();
      for (int k = 0; k < angles; k++) {
        turned.add(Kernel.morlet(octave, Math.PI * k / angles, angles, gain));
      }
      wavelets.add(List.copyOf(turned));
      lowPasses.add(Kernel.lowPass(scales - 1 - octave, gain));
    }
  }

  /** Makes the filters. */
  public static FilterBank of(int scales, int angles) {
    FilterBank unscaled = new FilterBank(scales, angles, 1);
    double bound = unscaled.littlewoodPaleyBound(64 << scales);
    return new FilterBank(scales, angles, Math.min(1, 1 / Math.sqrt(bound)));
  }

  /**
   * Bound on the largest Littlewood–Paley sum at any frequency and resolution.
   *
   * @param size frequencies of the grid that it is found on, along each axis
   */
  double littlewoodPaleyBound(int size) {
    double bound = 0;
    for (int resolution = 0; resolution < scales; resolution++) {
      Spectrum spectrum = new Spectrum(size);
      spectrum.add(lowPass(resolution));
      // A second wavelet is always of a higher octave than the first.
      for (int octave = resolution == 0 ? 0 : 1; octave < scales - resolution; octave++) {
        for (Kernel wavelet : wavelets(octave)) {
          spectrum.add(wavelet);
        }
      }
      bound = Math.max(bound, spectrum.bound());
    }
    return bound;
  }

  /** Octaves. */
  public int scales() {
    return scales;
  }

  /** Directions. */
  public int angles() {
    return angles;
  }

  /** Wavelets of an octave above the map's resolution, one for each direction. */
  public List<Kernel> wavelets(int octave) {
    return wavelets.get(octave);
  }

  /** The low-pass for a map at a resolution. */
  public Kernel lowPass(int resolution) {
    return lowPasses.get(resolution);
  }
}
