package io.silenda.bench.jmh;

import io.silenda.bench.kernels.Preset;
import io.silenda.bench.measure.Resources;
import io.silenda.he.CkksContext;
import io.silenda.he.Encoder;
import io.silenda.he.Encryptor;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.he.KeyGenerator;
import io.silenda.he.Plaintext;
import io.silenda.he.PublicKey;
import io.silenda.he.SecretKey;
import io.silenda.he.wire.Digest;
import io.silenda.he.wire.EvaluationKeysCodec;
import io.silenda.he.wire.PublicKeyCodec;
import io.silenda.he.wire.SecretKeyCodec;
import io.silenda.he.wire.ServerKeys;
import io.silenda.he.wire.WireFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Contexts and keys: made, written, read. A plan of relinearization and eight rotations. */
public class KeyBenchmark extends Microseconds {
  private static final int ROTATIONS = 8;
  private static final Digest MODEL = Digest.sha256(new byte[0]);

  /** Which ring. */
  @Param({"N8192_L5", "N16384_L7"})
  public Preset preset = Preset.N8192_L5;

  private Resources resources = new Resources();
  private EvaluationKeyPlan plan = new EvaluationKeyPlan(0, new TreeMap<>());
  private byte[] publicFrame = {};
  private byte[] secretFrame = {};
  private byte[] evaluationFrame = {};

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private CkksContext context;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private KeyGenerator generator;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private SecretKey secret;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private PublicKey publicKey;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private ServerKeys serverKeys;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private Plaintext plaintext;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private Encryptor publicEncryptor;

  /** Makes one of each, and frames of them. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    resources = new Resources();
    context = resources.own(CkksContext.create(preset.parameters()));
    generator = resources.own(new KeyGenerator(context));
    secret = resources.own(generator.secretKey());
    publicKey = resources.own(generator.publicKey(secret));
    publicEncryptor = Encryptor.withPublicKey(context, publicKey);
    plaintext =
        resources.own(
            new Encoder(context)
                .encode(new double[1], preset.parameters().maxLevel(), preset.scale()));
    TreeMap<Integer, Integer> levels = new TreeMap<>();
    for (int step = 1; step <= ROTATIONS; step++) {
      levels.put(step, preset.parameters().maxLevel());
    }
    plan = new EvaluationKeyPlan(preset.parameters().maxLevel(), levels);
    serverKeys = new ServerKeys(resources.own(generator.evaluationKeys(secret, plan)), publicKey);
    secretFrame = SecretKeyCodec.write(secret, MODEL);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PublicKeyCodec.write(publicKey, MODEL, out);
    publicFrame = out.toByteArray();
    out.reset();
    EvaluationKeysCodec.write(serverKeys, MODEL, out);
    evaluationFrame = out.toByteArray();
  }

  /** Frees them. */
  @TearDown(Level.Trial)
  public void close() {
    resources.close();
  }

  /** Tables of a ring. */
  @Benchmark
  public void createContext() {
    CkksContext.create(preset.parameters()).close();
  }

  /** A secret key. */
  @Benchmark
  public void secretKey() {
    generator.secretKey().close();
  }

  /** Its public key. */
  @Benchmark
  public void publicKey() {
    generator.publicKey(secret).close();
  }

  /** Its evaluation keys. */
  @Benchmark
  public void evaluationKeys() {
    generator.evaluationKeys(secret, plan).close();
  }

  /** An encryption under the public key. */
  @Benchmark
  public void encryptWithPublicKey() {
    publicEncryptor.encrypt(plaintext).close();
  }

  /** Evaluation keys to a stream that drops them. */
  @Benchmark
  public void writeEvaluationKeys() throws IOException {
    EvaluationKeysCodec.write(serverKeys, MODEL, OutputStream.nullOutputStream());
  }

  /** Evaluation keys from their frame, seeds expanded. */
  @Benchmark
  public void readEvaluationKeys() throws IOException, WireFormatException {
    EvaluationKeysCodec.read(evaluationFrame, context, plan, MODEL).close();
  }

  /** A public key to a stream that drops it. */
  @Benchmark
  public void writePublicKey() throws IOException {
    PublicKeyCodec.write(publicKey, MODEL, OutputStream.nullOutputStream());
  }

  /** A public key from its frame. */
  @Benchmark
  public void readPublicKey() throws IOException, WireFormatException {
    PublicKeyCodec.read(publicFrame, context, MODEL).close();
  }

  /** A secret key to its frame. */
  @Benchmark
  public byte[] writeSecretKey() {
    return SecretKeyCodec.write(secret, MODEL);
  }

  /** A secret key from its frame. */
  @Benchmark
  public void readSecretKey() throws WireFormatException {
    SecretKeyCodec.read(secretFrame, context, MODEL).close();
  }
}
