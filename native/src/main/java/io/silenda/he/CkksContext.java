package io.silenda.he;

import io.silenda.he.internal.CiphertextNatives;
import io.silenda.he.internal.ContextNatives;
import io.silenda.he.internal.NativeHandle;
import io.silenda.he.internal.NativeLibrary;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The tables that everything made with one set of parameters shares. Thread-safe; the caller closes
 * it, after which encoders, encryptors and evaluators made with it refuse to work. Two contexts
 * never mix, even of equal parameters.
 */
public final class CkksContext implements AutoCloseable {
  private static final AtomicLong NEXT_ID = new AtomicLong(1);

  private final long id = NEXT_ID.getAndIncrement();
  private final CkksParameters parameters;
  private final NativeHandle handle;
  private final long[] primes;

  private CkksContext(CkksParameters parameters, NativeHandle handle) {
    this.parameters = parameters;
    this.handle = handle;
    this.primes = handle.use(ContextNatives::primes);
  }

  /**
   * Loads the native library if need be and builds the tables; milliseconds to a second, growing
   * with the degree. The kernels are those of {@link NativeInfo#evaluatorKernel()}.
   *
   * @throws IllegalArgumentException if there are not enough primes of a size, or the system
   *     property {@code silenda.kernels} names kernels that do not run on this processor
   * @throws NativeException if the native library cannot be loaded
   */
  public static CkksContext create(CkksParameters parameters) {
    return create(parameters, NativeInfo.forcedKernels());
  }

  static CkksContext create(CkksParameters parameters, String kernels) {
    NativeLibrary.ensureLoaded();
    List<Integer> special = parameters.specialPrimeBits();
    int[] primeBits =
        Stream.concat(parameters.dataPrimeBits().stream(), special.stream())
            .mapToInt(Integer::intValue)
            .toArray();
    long pointer =
        ContextNatives.create(parameters.polyModulusDegree(), primeBits, special.size(), kernels);
    return new CkksContext(
        parameters, NativeHandle.own("CkksContext", pointer, 0, ContextNatives::free));
  }

  /** The parameters this context was made with. */
  public CkksParameters parameters() {
    return parameters;
  }

  /**
   * The data primes in order: rescaling from level l divides the scale by {@code dataPrimes()[l]}.
   */
  public long[] dataPrimes() {
    return Arrays.copyOf(primes, parameters.maxLevel() + 1);
  }

  /** The primes that key switching uses. */
  public long[] specialPrimes() {
    return Arrays.copyOfRange(primes, parameters.maxLevel() + 1, primes.length);
  }

  /**
   * Binary logarithm of the modulus at a level.
   *
   * @throws IllegalArgumentException if the level is not in 0..maxLevel
   */
  public double log2Modulus(int level) {
    requireLevel(level);
    return Arrays.stream(primes, 0, level + 1)
        .mapToDouble(prime -> Math.log((double) prime) / Math.log(2))
        .sum();
  }

  @Override
  public void close() {
    handle.close();
  }

  @Override
  public String toString() {
    return "CkksContext " + id + " (" + parameters + ")";
  }

  <T> T use(LongFunction<T> borrower) {
    return handle.use(borrower);
  }

  /** Runs a native operation that makes a ciphertext, while this context is kept open. */
  Ciphertext newCiphertext(LongSupplier operation) {
    return use(context -> own(operation.getAsLong()));
  }

  /** The same for an operation that makes several. */
  List<Ciphertext> newCiphertexts(Supplier<long[]> operation) {
    return use(context -> Arrays.stream(operation.get()).mapToObj(this::own).toList());
  }

  private Ciphertext own(long pointer) {
    long bytes = CiphertextNatives.nativeBytes(pointer);
    return new Ciphertext(
        this, NativeHandle.own("Ciphertext", pointer, bytes, CiphertextNatives::free));
  }

  void requireLevel(int level) {
    if (level < 0 || level > parameters.maxLevel()) {
      throw new IllegalArgumentException(
          "level " + level + " is not in 0.." + parameters.maxLevel());
    }
  }

  long prime(int index) {
    return primes[index];
  }

  /** Brings a step into 0..slots-1. */
  int normalizeStep(String name, int step) {
    int slots = parameters.slotCount();
    if (step <= -slots || step >= slots) {
      throw new IllegalArgumentException(
          name + " " + step + " is not in " + (1 - slots) + ".." + (slots - 1));
    }
    return Math.floorMod(step, slots);
  }

  void requireOwn(String name, CkksContext other) {
    if (other != this) {
      throw new IllegalArgumentException(
          name + " belongs to context " + other.id + ", not to context " + id);
    }
  }
}
