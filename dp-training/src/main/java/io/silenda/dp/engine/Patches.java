package io.silenda.dp.engine;

import io.silenda.dp.network.LayerSpec.Convolution2d;
import io.silenda.dp.network.TensorShape;
import java.util.Arrays;

/** Between images and the patches that a convolution's kernel sees; channels last in both. */
public final class Patches {
  private final Convolution2d spec;
  private final int channels;
  private final int height;
  private final int width;
  private final int outHeight;
  private final int outWidth;

  /** For a convolution between images of these shapes. */
  public Patches(Convolution2d spec, TensorShape in, TensorShape out) {
    this.spec = spec;
    channels = in.size(0);
    height = in.size(1);
    width = in.size(2);
    outHeight = out.size(1);
    outWidth = out.size(2);
  }

  /** Pixels of the output. */
  public int positions() {
    return outHeight * outWidth;
  }

  /** Numbers that one pixel of the output sees. */
  public int patchSize() {
    return spec.kernelHeight() * spec.kernelWidth() * channels;
  }

  /** Patches of the image that begins at {@code at}, position by position. */
  public void extract(float[] image, int at, float[] patches) {
    if (spec.padHeight() + spec.padWidth() > 0) {
      Arrays.fill(patches, 0);
    }
    walk((from, to, count) -> System.arraycopy(image, at + from, patches, to, count));
  }

  /** Adds each number of the patches to where in the image it came from. */
  void scatter(float[] patches, float[] image, int at) {
    Arrays.fill(image, at, at + channels * height * width, 0);
    walk(
        (to, from, count) -> {
          for (int i = 0; i < count; i++) {
            image[at + to + i] += patches[from + i];
          }
        });
  }

  /** All runs of neighbours that an image and its patches have in common. */
  private void walk(Run run) {
    for (int y = 0; y < outHeight; y++) {
      int top = y * spec.strideHeight() - spec.padHeight();
      int firstRow = Math.max(0, -top);
      int lastRow = Math.min(spec.kernelHeight(), height - top);
      for (int x = 0; x < outWidth; x++) {
        int left = x * spec.strideWidth() - spec.padWidth();
        int first = Math.max(0, -left);
        int count = (Math.min(spec.kernelWidth(), width - left) - first) * channels;
        int patch = (y * outWidth + x) * patchSize();
        for (int k = firstRow; k < lastRow; k++) {
          int inImage = ((top + k) * width + left + first) * channels;
          run.at(inImage, patch + (k * spec.kernelWidth() + first) * channels, count);
        }
      }
    }
  }

  private interface Run {
    void at(int inImage, int inPatches, int count);
  }
}
