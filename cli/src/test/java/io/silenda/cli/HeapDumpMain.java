package io.silenda.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Runs one command, then dumps the heap with all that it ever held: run it without collection. */
final class HeapDumpMain {
  private HeapDumpMain() {}

  public static void main(String[] args) throws Exception {
    int code = Silenda.commandLine().execute(Arrays.copyOfRange(args, 1, args.length));
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], false);
    System.exit(code);
  }
}
