package io.silenda.bench.kernels;

import io.silenda.bench.machine.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is measured. */
final class Suite {
  private Suite() {}

  /**
   * All groups.
   *
   * @param quick leaves out sizes, and no operation
   * @param networks folder of the demo's networks; without it they are left out
   */
  static List<CaseGroup> groups(Machine machine, boolean quick, Path networks) {
    String kernels = machine.kernels();
    List<CaseGroup> groups = new ArrayList<>();
    for (int degree : new int[] {8192, 16384, 32768}) {
      for (int primeBits : quick ? new int[] {43, 49} : new int[] {30, 43, 45, 49}) {
        groups.add(new TransformGroup(kernels, degree, primeBits));
      }
    }
    long cache = machine.assumedCacheBytes();
    groups.add(new CiphertextGroup(kernels, Preset.N8192_L5, cache, true));
    groups.add(new CiphertextGroup(kernels, Preset.N16384_L7, cache, true));
    groups.add(new CiphertextGroup(kernels, Preset.N32768_L16, cache, false));
    groups.add(new MatrixVectorGroup(kernels));
    groups.add(new ChebyshevGroup());
    groups.add(new ClientGroup(kernels, Preset.N8192_L5));
    groups.add(new ClientGroup(kernels, Preset.N32768_L16));
    if (Files.isDirectory(networks)) {
      networks(quick).forEach(network -> groups.add(new NetworkGroup(networks, network)));
    }
    return groups;
  }

  private static List<Network> networks(boolean quick) {
    List<Network> networks = new ArrayList<>();
    networks.add(Network.digits("mlp_square"));
    networks.add(Network.digits("tenseal_cnn_square"));
    networks.add(Network.digits("cryptonets_square"));
    networks.add(Network.patients("logreg_breast_cancer"));
    return quick ? List.of(networks.get(0), networks.get(3)) : networks;
  }
}
