package io.silenda.attest.provider.tsm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A kernel that behaves like [TSM] until a test has it misbehave. */
final class FakeTsm implements TsmFiles {
  static final String BUSY = "Device or resource busy";

  private static final class Entry {
    private final Map<String, byte[]> written = new HashMap<>();
    private long generation;
  }

  private final String provider;
  private final UnaryOperator<byte[]> outblobOf;
  private final Map<String, Entry> entries = new HashMap<>();
  private final Set<String> hidden = new HashSet<>(Set.of("manifestblob", "service_provider"));
  private final Map<String, String> faults = new HashMap<>();
  private final List<String> writes = new ArrayList<>();
  private byte[] auxblob = {};
  private int rivals;
  private int floor;
  private boolean stale;
  private boolean removable = true;
  private int created;

  FakeTsm(String provider, UnaryOperator<byte[]> outblobOf) {
    this.provider = provider;
    this.outblobOf = outblobOf;
  }

  FakeTsm hide(String... attributes) {
    hidden.addAll(List.of(attributes));
    return this;
  }

  FakeTsm show(String attribute) {
    hidden.remove(attribute);
    return this;
  }

  FakeTsm auxblob(byte[] value) {
    auxblob = value.clone();
    return this;
  }

  FakeTsm floor(int level) {
    floor = level;
    return this;
  }

  /** A rival that writes to this many of the next entries while they are read. */
  FakeTsm rivals(int count) {
    rivals = count;
    return this;
  }

  /** The generation never advances, as if the report were that of before. */
  FakeTsm stale() {
    stale = true;
    return this;
  }

  FakeTsm fault(String attribute, String words) {
    faults.put(attribute, words);
    return this;
  }

  FakeTsm stuck() {
    removable = false;
    return this;
  }

  int entriesLeft() {
    return entries.size();
  }

  int entriesCreated() {
    return created;
  }

  List<String> writes() {
    return writes;
  }

  @Override
  public void create(String entry) throws IOException {
    check("mkdir");
    if (entries.put(entry, new Entry()) != null) {
      throw new FileAlreadyExistsException(entry);
    }
    created++;
  }

  @Override
  public void remove(String entry) throws IOException {
    if (!removable) {
      throw new IOException(BUSY);
    }
    if (entries.remove(entry) == null) {
      throw new NoSuchFileException(entry);
    }
  }

  @Override
  public boolean has(String entry, String attribute) {
    return !hidden.contains(attribute);
  }

  @Override
  public void write(String entry, String attribute, byte[] value) throws IOException {
    check(attribute);
    writes.add(attribute);
    of(entry).written.put(attribute, value.clone());
    of(entry).generation += stale ? 0 : 1;
  }

  @Override
  public byte[] read(String entry, String attribute, int limit) throws IOException {
    check(attribute);
    Entry from = of(entry);
    if (attribute.equals("outblob") && rivals > 0) {
      rivals--;
      from.generation++;
    }
    return switch (attribute) {
      case "provider" -> text(provider);
      case "generation" -> text(Long.toString(from.generation));
      case "privlevel_floor" -> text(Integer.toString(floor));
      case "outblob" -> outblobOf.apply(Objects.requireNonNull(from.written.get("inblob")));
      case "auxblob" -> auxblob.clone();
      case "manifestblob" -> text("manifest");
      default -> throw new NoSuchFileException(attribute);
    };
  }

  private static byte[] text(String value) {
    return (value + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private void check(String operation) throws IOException {
    if (faults.containsKey(operation)) {
      throw new IOException(faults.get(operation));
    }
    if (hidden.contains(operation)) {
      throw new NoSuchFileException(operation);
    }
  }

  private Entry of(String entry) throws IOException {
    Entry found = entries.get(entry);
    if (found == null) {
      throw new NoSuchFileException(entry);
    }
    return found;
  }
}
