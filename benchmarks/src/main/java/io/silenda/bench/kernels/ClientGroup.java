package io.silenda.bench.kernels;

import io.silenda.bench.measure.Resources;
import io.silenda.bench.measure.Timed;
import io.silenda.he.SealClientProfile;
import io.silenda.he.SealClientProfile.Operation;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a client does: encode, encrypt, decrypt, decode. The baseline is SEAL's own code for it. */
record ClientGroup(String kernels, Preset preset) implements CaseGroup {

  @Override
  public String name() {
    return "client, " + preset;
  }

  @Override
  public int copies() {
    return preset == Preset.N32768_L16 ? 1 : SMALL_COPIES;
  }

  @Override
  public List<KernelCase> open(Resources resources) {
    WorkModel model =
        new WorkModel(
            kernels, preset.parameters().polyModulusDegree(), preset.parameters().maxLevel() + 1);
    CkksWorkload w = resources.own(CkksWorkload.open(preset, new TreeMap<>()));
    SealClientProfile seal = resources.own(w.sealClient());
    w.requireRoundTrip();
    return List.of(
        of("encode", Operation.ENCODE, seal, () -> w.encode().close(), model.encode()),
        of("encrypt", Operation.ENCRYPT, seal, () -> w.encrypt().close(), model.encrypt()),
        of("decrypt_decode", Operation.DECRYPT, seal, w::decrypt, model.decryptAndDecode()),
        of("decode", Operation.DECODE, seal, w::decode, model.encode()));
  }

  private KernelCase of(
      String name, Operation operation, SealClientProfile seal, Runnable own, Work work) {
    return new KernelCase(
        name,
        Rings.parameters(preset),
        repetitions -> seal.nanos(operation, repetitions),
        Timed.of(own),
        Optional.of(work));
  }
}
