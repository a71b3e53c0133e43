package io.silenda.attest.provider.machine;

import io.silenda.attest.provider.Providers;
import io.silenda.attest.provider.gramine.GramineProvider;
import io.silenda.attest.provider.nitro.NitroProvider;
import io.silenda.attest.provider.tpm.TpmOptions;
import io.silenda.attest.provider.tpm.TpmProvider;
import io.silenda.attest.provider.tsm.TsmProvider;
import java.nio.file.Path;
import java.util.List;

/**
 * What a machine can have: memory that its host cannot read first, measured boot last. There is
 * nothing simulated in here, and no way to have it in.
 */
public final class MachineProviders {
  private MachineProviders() {}

  /** The providers of this machine. */
  public static Providers ofThisMachine() {
    return under(Path.of("/"));
  }

  /** The providers of a tree of files that stands for a machine, such as a test's. */
  public static Providers under(Path root) {
    return new Providers(
        List.of(
            new TsmProvider(inside(root, TsmProvider.LINUX)),
            new GramineProvider(inside(root, GramineProvider.GRAMINE)),
            new NitroProvider(inside(root, NitroProvider.LINUX)),
            TpmProvider.ofDevice(inside(root, TpmProvider.LINUX), TpmOptions.defaults())));
  }

  private static Path inside(Path root, Path absolute) {
    return root.resolve(Path.of("/").relativize(absolute));
  }
}
