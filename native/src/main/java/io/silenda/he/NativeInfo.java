package io.silenda.he;

import io.silenda.he.internal.LibraryNatives;
import io.silenda.he.internal.NativeLibrary;
import java.util.ArrayList;
import java.util.List;

/**
 * What the loaded native library is made of.
 *
 * @param libraryVersion project version and hash of the native sources
 * @param sealVersion version of Microsoft SEAL
 * @param sealSource {@code bundled …} or {@code system …}
 * @param compiler compiler and its version
 * @param cpuFeatures features of this machine's processor that matter here, such as {@code avx2} or
 *     {@code avx512ifma}
 * @param evaluatorKernel kernels that compute on ciphertexts: {@code avx512ifma}, {@code avx2} or
 *     {@code portable}; the system property {@code silenda.kernels} forces them
 * @param warnings plain sentences a user should read; empty when there is nothing to say
 */
public record NativeInfo(
    String libraryVersion,
    String sealVersion,
    String sealSource,
    String compiler,
    List<String> cpuFeatures,
    String evaluatorKernel,
    List<String> warnings) {

  private static final String KERNELS_PROPERTY = "silenda.kernels";
  private static final int[] WANTED_SEAL = {4, 4, 3};

  /** Copies the lists. */
  public NativeInfo {
    cpuFeatures = List.copyOf(cpuFeatures);
    warnings = List.copyOf(warnings);
  }

  /**
   * Describes this process's native library, loading it first if need be. Thread-safe.
   *
   * @throws NativeException if the library cannot be loaded
   * @throws IllegalArgumentException if {@code silenda.kernels} names kernels that do not run here
   */
  public static NativeInfo current() {
    NativeLibrary.ensureLoaded();
    String features = LibraryNatives.cpuFeatures();
    return new NativeInfo(
        LibraryNatives.version(),
        LibraryNatives.sealVersion(),
        LibraryNatives.sealSource(),
        LibraryNatives.compiler(),
        features.isEmpty() ? List.of() : List.of(features.split(",", -1)),
        LibraryNatives.chooseKernels(forcedKernels()),
        warnings(LibraryNatives.sealVersion()));
  }

  static String forcedKernels() {
    return System.getProperty(KERNELS_PROPERTY, "");
  }

  /** Kernels that run on this processor, fastest first. */
  public static List<String> supportedKernels() {
    NativeLibrary.ensureLoaded();
    return List.of(LibraryNatives.supportedKernels().split(",", -1));
  }

  static List<String> warnings(String sealVersion) {
    List<String> warnings = new ArrayList<>();
    if (isOlderThanWanted(sealVersion)) {
      warnings.add(
          "SEAL "
              + sealVersion
              + " is older than 4.4.3, which fixed faults in reading serialized data;"
              + " Silenda never gives untrusted bytes to SEAL's loader.");
    }
    return warnings;
  }

  private static boolean isOlderThanWanted(String version) {
    String[] parts = version.split("\\.", -1);
    for (int i = 0; i < WANTED_SEAL.length; i++) {
      int part = i < parts.length ? Integer.parseInt(parts[i]) : 0;
      if (part != WANTED_SEAL[i]) {
        return part < WANTED_SEAL[i];
      }
    }
    return false;
  }
}
