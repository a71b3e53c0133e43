package io.silenda.bench.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.silenda.bench.measure.SampleSet;
import io.silenda.bench.measure.Samples;
import io.silenda.bench.overhead.LeftOut;
import io.silenda.infer.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs the scripts of other libraries. What cannot be had here is left out, with a word. */
public final class PeerBench {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final PeerFolders folders;
  private final boolean quick;
  private final Consumer<LeftOut> leftOut;

  /**
   * @param quick whether environments that are not there are left out
   * @param leftOut told what is left out, and why
   */
  public PeerBench(PeerFolders folders, boolean quick, Consumer<LeftOut> leftOut) {
    this.folders = folders;
    this.quick = quick;
    this.leftOut = leftOut;
  }

  /**
   * Runs scripts by name.
   *
   * @param names of scripts, without their ending
   * @param task what each gets on its standard input, as something with a JSON form
   */
  public List<PeerEntry> run(List<String> names, Object task, Progress progress)
      throws IOException {
    List<PeerEntry> entries = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      progress.update("peers", i, names.size());
      run(names.get(i), MAPPER.writeValueAsString(task), entries);
    }
    progress.update("peers", names.size(), names.size());
    return entries;
  }

  private void run(String name, String task, List<PeerEntry> entries) {
    Path script = folders.scripts().resolve(name + ".py");
    if (!Files.isRegularFile(script)) {
      leftOut.accept(
          new LeftOut("peers: " + name, "no script in " + folders.scripts().getFileName()));
      return;
    }
    try {
      PythonEnvironment environment =
          new PythonEnvironment(
              folders.environments().resolve(name), folders.scripts().resolve(name + ".txt"));
      if (!environment.isReady()) {
        if (quick) {
          leftOut.accept(
              new LeftOut(
                  "peers: " + name, "its environment is not installed; a full run does it"));
          return;
        }
        environment.install();
      }
      environment.run(script, task, line -> read(line, entries));
    } catch (IOException e) {
      leftOut.accept(new LeftOut("peers: " + name, String.valueOf(e.getMessage())));
    }
  }

  private void read(String printed, List<PeerEntry> entries) {
    JsonNode line;
    try {
      line = MAPPER.readTree(printed);
    } catch (JsonProcessingException e) {
      leftOut.accept(new LeftOut("a peer's line", "it is no JSON: " + printed));
      return;
    }
    String peer = line.path("peer").asText();
    if (line.has("left_out")) {
      leftOut.accept(new LeftOut(peer, line.path("left_out").asText()));
      return;
    }
    List<Double> nanos = new ArrayList<>();
    line.path("nanos").forEach(each -> nanos.add(each.asDouble()));
    if (nanos.isEmpty()) {
      leftOut.accept(new LeftOut(peer, "it measured nothing"));
      return;
    }
    entries.add(
        new PeerEntry(
            peer,
            line.path("version").asText(),
            line.path("operation").asText(),
            line.path("model").asText(),
            SampleSet.of(new Samples(nanos)),
            line.path("detail").asText()));
  }
}
