package io.silenda.bench.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The processor's own energy counter (running average power limit, RAPL), package by package. It
 * counts everything that the packages do, so that whoever reads it should be alone on the machine.
 */
public final class EnergyCounter {
  private static final Path POWER_CAPPING = Path.of("/sys/class/powercap");
  private static final double JOULES_PER_UNIT = 1e-6;

  private final List<Zone> packages;

  /**
   * One package.
   *
   * @param counter file of its state
   * @param wrapJoules where the state starts again from zero
   */
  private record Zone(Path counter, double wrapJoules) {}

  private EnergyCounter(List<Zone> packages) {
    this.packages = packages;
  }

  /** The counters of this machine; not {@linkplain #isReadable() readable} where it has none. */
  public static EnergyCounter ofThisMachine() {
    return under(POWER_CAPPING);
  }

  /** The counters in a folder laid out as the kernel lays out power capping zones. */
  static EnergyCounter under(Path folder) {
    List<Zone> packages = new ArrayList<>();
    try (DirectoryStream<Path> zones = Files.newDirectoryStream(folder, "intel-rapl:[0-9]")) {
      for (Path zone : zones) {
        Path counter = zone.resolve("energy_uj");
        joules(counter);
        packages.add(new Zone(counter, joules(zone.resolve("max_energy_range_uj"))));
      }
    } catch (IOException | NumberFormatException e) {
      return new EnergyCounter(List.of());
    }
    return new EnergyCounter(List.copyOf(packages));
  }

  /** Whether this process may read it. */
  public boolean isReadable() {
    return !packages.isEmpty();
  }

  /**
   * The state of each package, of meaning only for {@link #joulesSince}.
   *
   * @throws IOException if a counter that was readable no longer is
   */
  public double[] state() throws IOException {
    double[] state = new double[packages.size()];
    for (int i = 0; i < state.length; i++) {
      state[i] = joules(packages.get(i).counter());
    }
    return state;
  }

  /**
   * Joules since an earlier state.
   *
   * @throws IOException if a counter that was readable no longer is
   */
  public double joulesSince(double[] earlier) throws IOException {
    double[] now = state();
    double sum = 0;
    for (int i = 0; i < now.length; i++) {
      double used = now[i] - earlier[i];
      sum += used < 0 ? used + packages.get(i).wrapJoules() : used;
    }
    return sum;
  }

  private static double joules(Path file) throws IOException {
    return Long.parseLong(Files.readString(file).trim()) * JOULES_PER_UNIT;
  }
}
