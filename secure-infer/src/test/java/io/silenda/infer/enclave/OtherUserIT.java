package io.silenda.infer.enclave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** What somebody with another user id finds of a row that a worker has computed. */
class OtherUserIT {
  private static final String TEMPORARY = System.getProperty("java.io.tmpdir");
  private static final WorkerOptions OPTIONS = Workers.options();

  /** 28 bytes of text that make seven ordinary floats. */
  private static final String NEEDLE = "NEEDLE-in-the-rows-of-7-data";

  /** Exit codes of grep; the second where some files cannot be opened and none that can has it. */
  private static final int NOT_FOUND = 1;

  private static final int NOT_ALL_READABLE = 2;

  private static final String[] NOBODY = {
    "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"
  };

  private static Tensor rows() {
    ByteBuffer bytes =
        ByteBuffer.wrap(NEEDLE.getBytes(StandardCharsets.US_ASCII)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[30];
    bytes.asFloatBuffer().get(values, 0, 7);
    return Tensor.of(new int[] {1, 30}, values);
  }

  private record Outcome(int status, String said) {}

  private static Outcome asNobody(String script) throws IOException, InterruptedException {
    String[] command = new String[NOBODY.length + 3];
    System.arraycopy(NOBODY, 0, command, 0, NOBODY.length);
    command[NOBODY.length] = "sh";
    command[NOBODY.length + 1] = "-c";
    command[NOBODY.length + 2] = script;
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    // The needle goes over a pipe: in a command line or a file, it would find itself.
    try (OutputStream pipe = process.getOutputStream()) {
      pipe.write(NEEDLE.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // A script that looks for nothing may have ended before.
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), said);
  }

  private static boolean canBeNobody() {
    try {
      return asNobody("test $(id -u) = 65534").status() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nothingOfTheInputIsFound() throws Exception {
    assumeTrue(canBeNobody(), "only root can take another user id");
    try (WorkerInstallation installation = WorkerInstallation.of(Workers.MODEL, OPTIONS);
        Workers.Running worker = Workers.start(installation, OPTIONS);
        EnclaveClient client = worker.connect(installation.measure(), OPTIONS)) {
      assertThat(client.infer(rows()).output().rows()).isEqualTo(1);
      long pid = worker.host.workerPid();
      theProcessIsClosed(pid);
      theFilesHoldNothing();
      theHostsFilesHoldNothing(pid);
      aCrashLeavesNothing(worker, pid);
    }
  }

  private static void theProcessIsClosed(long pid) throws Exception {
    for (String name : new String[] {"mem", "environ", "maps", "io", "auxv", "stack", "pagemap"}) {
      Outcome read = asNobody("head -c 1 /proc/" + pid + "/" + name);
      assertThat(read.status()).as(name + ": " + read.said()).isNotZero();
    }
    for (String name :
        new String[] {"fd/0", "fd/1", "fd/2", "fd/3", "root/model/model.onnx", "cwd/."}) {
      Outcome open = asNobody("exec 5</proc/" + pid + "/" + name);
      assertThat(open.status()).as(name).isNotZero();
    }
    Outcome found =
        asNobody(
            "grep -aqrsF -f - /proc/"
                + pid
                + "/cmdline /proc/"
                + pid
                + "/status /proc/"
                + pid
                + "/task");
    assertThat(found.status()).isIn(NOT_FOUND, NOT_ALL_READABLE);
  }

  private static void theFilesHoldNothing() throws Exception {
    Outcome found =
        asNobody(
            "grep -alrsF -f - "
                + TEMPORARY
                + "/silenda-* /dev/shm /var/tmp /var/log /var/crash /run"
                + " 2>/dev/null");
    assertThat(found.said()).isEmpty();
    assertThat(found.status()).isIn(NOT_FOUND, NOT_ALL_READABLE);
    theSearchFindsWhatIsThere();
    Outcome listed =
        asNobody("ls " + TEMPORARY + "/silenda-worker-*/* 2>&1 | grep -v denied | grep -v cannot");
    assertThat(listed.said()).doesNotContain("place").doesNotContain("plan");
  }

  private static void theSearchFindsWhatIsThere() throws Exception {
    Path control = Files.createTempFile("control", ".txt");
    try {
      Files.writeString(control, "x" + NEEDLE);
      Files.setPosixFilePermissions(control, PosixFilePermissions.fromString("rw-r--r--"));
      assertThat(asNobody("grep -aqsF -f - " + control).status()).isZero();
    } finally {
      Files.delete(control);
    }
  }

  private static void theHostsFilesHoldNothing(long pid) throws IOException {
    try (var files = Files.walk(Path.of(TEMPORARY), 2)) {
      for (Path file : files.filter(each -> each.toString().contains("silenda-worker-")).toList()) {
        if (Files.isRegularFile(file) && Files.size(file) < 1 << 20) {
          assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(NEEDLE);
        }
      }
    }
    String limits = Files.readString(Path.of("/proc/" + pid + "/limits"));
    assertThat(limits).containsPattern("Max core file size +0 +0");
  }

  private static void aCrashLeavesNothing(Workers.Running worker, long pid) throws Exception {
    Workers.signal("ABRT", pid);
    ProcessHandle.of(pid).ifPresent(handle -> handle.onExit().join());
    for (Path folder :
        new Path[] {Path.of("."), Path.of("/"), Path.of("/tmp"), Path.of("/var/crash")}) {
      if (Files.isDirectory(folder)) {
        try (var files = Files.list(folder)) {
          assertThat(files.map(file -> file.getFileName().toString()))
              .noneMatch(name -> name.matches("core(\\." + pid + ")?|hs_err_pid" + pid + ".*"));
        }
      }
    }
    assertThat(worker.host.banner()).doesNotContain("NEEDLE");
  }
}
