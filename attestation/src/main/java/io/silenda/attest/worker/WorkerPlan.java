package io.silenda.attest.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a worker is made of: files and folders to copy, the program, its arguments and limits.
 * Immutable; made by a {@link Builder}. The launcher's own copy is added to every worker.
 */
public final class WorkerPlan {
  /** Stands for the private place in arguments. */
  public static final String PLACE = "@place@";

  /**
   * A file or folder to copy.
   *
   * @param target where it goes, below the private place, with slashes
   * @param source the host's file or folder
   */
  public record Copy(String target, Path source) {
    /** Checks the target. */
    public Copy {
      requirePlain("target", target);
      requirePrintable("source", source.toString());
      source = source.toAbsolutePath();
    }
  }

  private final Builder values;

  private WorkerPlan(Builder values) {
    this.values = values;
  }

  /** Starts a plan that executes {@code program}, a path below the private place. */
  public static Builder builder(String program) {
    return new Builder(program);
  }

  /** Single files. */
  public List<Copy> files() {
    return List.copyOf(values.files);
  }

  /** Whole folders. */
  public List<Copy> trees() {
    return List.copyOf(values.trees);
  }

  /** Names in folders that are not copied. */
  public List<String> skipped() {
    return List.copyOf(values.skipped);
  }

  /** What is executed, below the private place. */
  public String program() {
    return values.program;
  }

  /** Arguments of the program, with {@link #PLACE} for the private place. */
  public List<String> arguments() {
    return List.copyOf(values.arguments);
  }

  /** Limits by name: {@code address-space-bytes}, {@code open-files}. */
  public SortedMap<String, Long> limits() {
    return Collections.unmodifiableSortedMap(values.limits);
  }

  /**
   * The same with another source for one of the single files.
   *
   * @throws IllegalArgumentException if no file has that target
   */
  public WorkerPlan withSource(String target, Path source) {
    Builder changed = new Builder(values);
    if (!changed.files.removeIf(copy -> copy.target().equals(target))) {
      throw new IllegalArgumentException("target " + target + " is no file of the plan");
    }
    return changed.file(target, source).build();
  }

  /** The file that the launcher reads. */
  String text(Path place) {
    StringBuilder text = new StringBuilder("silenda-worker-plan 1\n");
    line(text, "place", place.toAbsolutePath().toString());
    values.files.forEach(copy -> line(text, "file", copy.target(), copy.source().toString()));
    values.trees.forEach(copy -> line(text, "tree", copy.target(), copy.source().toString()));
    values.skipped.forEach(name -> line(text, "skip", name));
    line(text, "run", values.program);
    values.arguments.forEach(argument -> line(text, "arg", argument));
    values.limits.forEach((name, value) -> line(text, "limit", name, value.toString()));
    values.registers.forEach(file -> line(text, "extend", file.toString()));
    return text.toString();
  }

  private static void line(StringBuilder text, String... fields) {
    text.append(String.join("\t", fields)).append('\n');
  }

  private static String requirePlain(String parameter, String path) {
    requirePrintable(parameter, path);
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new IllegalArgumentException(parameter + " " + path + ": not a plain relative path");
      }
    }
    return path;
  }

  private static String requirePrintable(String parameter, String text) {
    if (text.chars().anyMatch(c -> c < 32 || c == 127)) {
      throw new IllegalArgumentException(parameter + ": control characters are not allowed");
    }
    return text;
  }

  /** Collects the parts of a plan. Not thread-safe. */
  public static final class Builder {
    private final String program;
    private final List<Copy> files = new ArrayList<>();
    private final List<Copy> trees = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final SortedMap<String, Long> limits = new TreeMap<>();
    private final List<Path> registers = new ArrayList<>();

    private Builder(String program) {
      this.program = requirePlain("program", program);
    }

    private Builder(Builder other) {
      this(other.program);
      files.addAll(other.files);
      trees.addAll(other.trees);
      skipped.addAll(other.skipped);
      arguments.addAll(other.arguments);
      limits.putAll(other.limits);
      registers.addAll(other.registers);
    }

    /** Copies one file; symbolic links are followed. */
    public Builder file(String target, Path source) {
      files.add(new Copy(target, source));
      return this;
    }

    /** Copies a folder; symbolic links are followed, dangling ones left out. */
    public Builder tree(String target, Path source) {
      trees.add(new Copy(target, source));
      return this;
    }

    /** Leaves files and folders of this name out of every tree. */
    public Builder skip(String name) {
      skipped.add(requirePlain("name", name));
      return this;
    }

    /** Adds an argument of the program. */
    public Builder argument(String argument) {
      arguments.add(requirePrintable("argument", argument));
      return this;
    }

    /** Sets {@code address-space-bytes} or {@code open-files}. */
    public Builder limit(String name, long value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " " + value + " is below 1");
      }
      limits.put(requirePlain("name", name), value);
      return this;
    }

    /**
     * Extends a run-time measurement register with the digest: a file that takes 48 bytes, the
     * digest and 16 zeros. No part of the manifest: it is where the manifest's digest goes.
     */
    public Builder extend(Path register) {
      requirePrintable("register", register.toString());
      registers.add(register);
      return this;
    }

    /** The plan so far. */
    public WorkerPlan build() {
      return new WorkerPlan(new Builder(this));
    }
  }
}
