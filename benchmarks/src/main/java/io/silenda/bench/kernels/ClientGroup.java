package io.silenda.bench.kernels;

import io.silenda.bench.measure.Timed;
import io.silenda.he.SealClientProfile;
import io.silenda.he.SealClientProfile.Operation;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a client does: encode, encrypt, decrypt, decode. The baseline is SEAL's own code for it. */
record ClientGroup(String kernels, Preset preset) implements CaseGroup {

  @Override
  public String name() {
    return "client, " + preset;
  }

  @Override
  public int size() {
    return Operation.values().length;
  }

  @Override
  public void run(Consumer<KernelCase> measurer) {
    WorkModel model =
        new WorkModel(
            kernels, preset.parameters().polyModulusDegree(), preset.parameters().maxLevel() + 1);
    try (CkksWorkload w = CkksWorkload.open(preset, new TreeMap<>());
        SealClientProfile seal = w.sealClient()) {
      w.requireRoundTrip();
      add("encode", Operation.ENCODE, seal, () -> w.encode().close(), model.encode(), measurer);
      add("encrypt", Operation.ENCRYPT, seal, () -> w.encrypt().close(), model.encrypt(), measurer);
      add(
          "decrypt_decode",
          Operation.DECRYPT,
          seal,
          w::decrypt,
          model.decryptAndDecode(),
          measurer);
      add("decode", Operation.DECODE, seal, w::decode, model.encode(), measurer);
    }
  }

  private void add(
      String name,
      Operation operation,
      SealClientProfile seal,
      Runnable own,
      Work work,
      Consumer<KernelCase> measurer) {
    measurer.accept(
        new KernelCase(
            name,
            Rings.parameters(preset),
            repetitions -> seal.nanos(operation, repetitions),
            Timed.of(own),
            Optional.of(work)));
  }
}
