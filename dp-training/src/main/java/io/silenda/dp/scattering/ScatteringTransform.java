package io.silenda.dp.scattering;

import io.silenda.dp.blas.Blas;
import io.silenda.dp.network.LayerSpec.Scattering;
import io.silenda.dp.network.TensorShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Scattering coefficients of order up to 2 (Bruna and Mallat 2013): with wavelets ψ and a low-pass
 * φ, the maps x ∗ φ, |x ∗ ψ₁| ∗ φ and ||x ∗ ψ₁| ∗ ψ₂| ∗ φ for all ψ₁, and all ψ₂ of higher octaves,
 * subsampled by 2^scales. Outside of the image there are zeros. Before groups are normalised, the
 * distance of two results is at most that of the images ({@link FilterBank}).
 *
 * <p>The result depends on the image alone: no number in here comes from data. Not thread-safe; its
 * owner closes it.
 */
public final class ScatteringTransform implements AutoCloseable {
  /** Added to the variance of a group. */
  public static final float EPSILON = 1e-5f;

  private final Scattering spec;
  private final TensorShape input;
  private final TensorShape output;
  private final FilterStage[][] bands;
  private final FilterStage[] lows;
  private final List<FilterStage> stages = new ArrayList<>();

  private ScatteringTransform(Scattering spec, TensorShape input, Blas blas) {
    this.spec = spec;
    this.input = input;
    output = spec.outputShape(input);
    FilterBank bank = FilterBank.of(spec.scales(), spec.angles());
    bands = new FilterStage[spec.scales()][spec.scales()];
    lows = new FilterStage[spec.scales()];
    for (int resolution = 0; resolution < spec.scales(); resolution++) {
      Kernel low = bank.lowPass(resolution);
      int stride = 1 << (spec.scales() - resolution);
      lows[resolution] = stage(blas, List.of(low.real()), low.radius(), stride, resolution);
      for (int octave = resolution == 0 ? 0 : 1; octave < spec.scales() - resolution; octave++) {
        List<Kernel> wavelets = bank.wavelets(octave);
        bands[resolution][octave] =
            stage(blas, parts(wavelets), wavelets.get(0).radius(), 1 << octave, resolution);
      }
    }
  }

  private FilterStage stage(Blas blas, List<float[]> rows, int radius, int stride, int resolution) {
    FilterStage made =
        new FilterStage(
            blas, rows, radius, stride, input.size(1) >> resolution, input.size(2) >> resolution);
    stages.add(made);
    return made;
  }

  /** Real parts, then imaginary ones. */
  private static List<float[]> parts(List<Kernel> wavelets) {
    List<float[]> parts = new ArrayList<>();
    wavelets.forEach(each -> parts.add(each.real()));
    wavelets.forEach(each -> parts.add(each.imaginary()));
    return parts;
  }

  /**
   * A transform of images of one shape.
   *
   * @throws IllegalArgumentException if the shape does not fit
   */
  public static ScatteringTransform of(Scattering spec, TensorShape input) {
    return new ScatteringTransform(spec, input, Blas.chosen());
  }

  /** The same on a given library. */
  static ScatteringTransform on(Blas blas, Scattering spec, TensorShape input) {
    return new ScatteringTransform(spec, input, blas);
  }

  /** Shape of the features, [channels of the image × paths, height, width]. */
  public TensorShape output() {
    return output;
  }

  /**
   * Writes the features of an image; both row by row, channels first.
   *
   * @param image numbers of the input's shape
   * @param features takes numbers of the output's shape, from {@code at} on
   */
  public void apply(float[] image, float[] features, int at) {
    int pixels = input.positions();
    int coefficients = spec.paths() * output.positions();
    for (int channel = 0; channel < input.size(0); channel++) {
      channel(image, channel * pixels, features, at + channel * coefficients);
    }
    if (spec.groups() > 0) {
      normalise(features, at);
    }
  }

  private void channel(float[] image, int from, float[] features, int at) {
    int map = output.positions();
    int angles = spec.angles();
    low(0, image, from, features, at);
    int first = at + map;
    int second = first + spec.scales() * angles * map;
    for (int octave = 0; octave < spec.scales(); octave++) {
      float[] maps = moduli(bands[0][octave], image, from);
      first = averages(octave, maps, features, first);
      for (int higher = octave + 1; higher < spec.scales(); higher++) {
        FilterStage band = bands[octave][higher - octave];
        for (int k = 0; k < angles; k++) {
          float[] deeper = moduli(band, maps, k * maps.length / angles);
          second = averages(higher, deeper, features, second);
        }
      }
    }
  }

  /** Averages the maps of all angles; returns where the next ones belong. */
  private int averages(int resolution, float[] maps, float[] features, int at) {
    int angles = spec.angles();
    for (int k = 0; k < angles; k++) {
      low(resolution, maps, k * maps.length / angles, features, at + k * output.positions());
    }
    return at + angles * output.positions();
  }

  private void low(int resolution, float[] maps, int from, float[] features, int at) {
    System.arraycopy(lows[resolution].apply(maps, from), 0, features, at, output.positions());
  }

  /** Maps of moduli, angle by angle. */
  private float[] moduli(FilterStage band, float[] maps, int from) {
    float[] filtered = band.apply(maps, from);
    int angles = spec.angles();
    int positions = band.positions();
    float[] moduli = new float[angles * positions];
    for (int p = 0; p < positions; p++) {
      for (int k = 0; k < angles; k++) {
        float real = filtered[2 * angles * p + k];
        float imaginary = filtered[2 * angles * p + angles + k];
        moduli[k * positions + p] = (float) Math.sqrt(real * real + imaginary * imaginary);
      }
    }
    return moduli;
  }

  private void normalise(float[] features, int at) {
    int length = output.elements() / spec.groups();
    for (int from = at; from < at + output.elements(); from += length) {
      double sum = 0;
      for (int i = from; i < from + length; i++) {
        sum += features[i];
      }
      double mean = sum / length;
      double squares = 0;
      for (int i = from; i < from + length; i++) {
        squares += (features[i] - mean) * (features[i] - mean);
      }
      double scale = 1 / Math.sqrt(squares / length + EPSILON);
      for (int i = from; i < from + length; i++) {
        features[i] = (float) ((features[i] - mean) * scale);
      }
    }
  }

  @Override
  public void close() {
    stages.forEach(FilterStage::close);
  }
}
