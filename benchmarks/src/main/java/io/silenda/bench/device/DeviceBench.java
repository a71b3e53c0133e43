package io.silenda.bench.device;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.silenda.bench.backend.Subject;
import io.silenda.bench.measure.SampleSet;
import io.silenda.bench.measure.Samples;
import io.silenda.bench.overhead.LeftOut;
import io.silenda.bench.worker.JavaCommand;
import io.silenda.infer.Progress;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A network asked from emulated devices: real processes under processor, memory and link limits.
 */
public final class DeviceBench {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final boolean quick;
  private final List<Subject> subjects;
  private final Consumer<LeftOut> leftOut;

  /**
   * @param quick the smallest network only, whose keys cross a slow link soon, and few requests
   * @param leftOut told what cannot be measured here
   */
  public DeviceBench(boolean quick, List<Subject> subjects, Consumer<LeftOut> leftOut) {
    this.quick = quick;
    this.subjects = quick ? List.of(Subject.smallest(subjects)) : List.copyOf(subjects);
    this.leftOut = leftOut;
  }

  /**
   * Measures.
   *
   * @throws IOException if a process cannot be started
   */
  public List<DeviceEntry> run(Progress progress) throws IOException {
    for (String tool : List.of("taskset", "prlimit")) {
      if (!isInstalled(tool)) {
        leftOut.accept(new LeftOut("emulated devices", tool + " is not installed"));
        return List.of();
      }
    }
    List<DeviceEntry> entries = new ArrayList<>();
    int done = 0;
    int total = subjects.size() * Architecture.values().length;
    for (Subject subject : subjects) {
      for (Architecture architecture : Architecture.values()) {
        progress.update("devices", done++, total);
        measure(subject, architecture, entries);
      }
    }
    progress.update("devices", total, total);
    return entries;
  }

  private static boolean isInstalled(String tool) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, tool))) {
        return true;
      }
    }
    return false;
  }

  private void measure(Subject subject, Architecture architecture, List<DeviceEntry> entries)
      throws IOException {
    if (architecture == Architecture.ON_DEVICE) {
      for (DeviceProfile profile : DeviceProfile.all()) {
        measure(new DeviceTask(profile, architecture, subject, 0, requests()), entries);
      }
      return;
    }
    DeviceTask serverTask = new DeviceTask(DeviceProfile.unlimited(), architecture, subject, 0, 0);
    Process server = start(List.of(), JavaCommand.of(ServerMain.class));
    try (BufferedWriter in = writer(server);
        BufferedReader out = reader(server)) {
      in.write(MAPPER.writeValueAsString(serverTask) + "\n");
      in.flush();
      String port = out.readLine();
      if (port == null) {
        leftOut.accept(new LeftOut(what(subject, architecture), "the server did not start"));
        return;
      }
      for (DeviceProfile profile : DeviceProfile.all()) {
        measure(
            new DeviceTask(profile, architecture, subject, Integer.parseInt(port), requests()),
            entries);
      }
    } finally {
      server.destroy();
    }
  }

  private int requests() {
    return quick ? 5 : 25;
  }

  private void measure(DeviceTask task, List<DeviceEntry> entries) throws IOException {
    DeviceProfile profile = task.profile();
    Process device =
        start(profile.prefix(), JavaCommand.of(DeviceMain.class, profile.heapOption()));
    try (BufferedWriter in = writer(device)) {
      in.write(MAPPER.writeValueAsString(task));
    }
    DeviceResult result;
    try (BufferedReader out = reader(device)) {
      String line = out.readLine();
      result =
          line == null
              ? DeviceResult.failed("the process ended, most likely for want of memory")
              : MAPPER.readValue(line, DeviceResult.class);
    }
    if (result.failure().isEmpty()) {
      entries.add(entry(task, result));
    } else {
      leftOut.accept(
          new LeftOut(
              what(task.subject(), task.architecture()) + " from " + profile.name(),
              result.failure()));
    }
  }

  private static String what(Subject subject, Architecture architecture) {
    return subject.name() + ", " + architecture.title();
  }

  private static DeviceEntry entry(DeviceTask task, DeviceResult result) {
    boolean exposed = task.architecture() == Architecture.PLAIN_OFFLOAD;
    return new DeviceEntry(
        task.profile(),
        task.architecture(),
        task.subject().name(),
        SampleSet.of(new Samples(result.nanos())),
        result.setupNanos(),
        result.requestBytes(),
        result.responseBytes(),
        result.setupBytes(),
        exposed ? result.requestBytes() + result.responseBytes() : 0,
        result.peakResidentBytes(),
        true);
  }

  private static Process start(List<String> prefix, List<String> java) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(java);
    return new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
  }

  private static BufferedWriter writer(Process process) {
    return new BufferedWriter(
        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
