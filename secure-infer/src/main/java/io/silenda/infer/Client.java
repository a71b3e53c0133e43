package io.silenda.infer;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.Decryptor;
import io.silenda.he.Encoder;
import io.silenda.he.Encryptor;
import io.silenda.he.KeyGenerator;
import io.silenda.he.KeyId;
import io.silenda.he.Plaintext;
import io.silenda.he.SecretKey;
import io.silenda.he.wire.Envelope;
import io.silenda.he.wire.EvaluationKeysCodec;
import io.silenda.he.wire.RequestCodec;
import io.silenda.he.wire.RequestId;
import io.silenda.he.wire.ResponseReader;
import io.silenda.he.wire.SecretKeyCodec;
import io.silenda.he.wire.WireFormatException;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The data owner's side: makes keys, encrypts rows, decrypts answers. It never sees a weight, and
 * shares nothing but bytes with the server.
 *
 * <p>Safe for use by several threads. Closing it wipes the secret key.
 */
public final class Client implements AutoCloseable {
  /** A prediction of the largest error is four standard deviations. */
  private static final double PREDICTED_DEVIATIONS = 4;

  /** Rescaling divides by primes, which are powers of two only up to rounding. */
  private static final double SCALE_TOLERANCE_BITS = 0.5;

  private final ClientBundle bundle;
  private final CkksContext context;
  private final SecretKey secretKey;
  private final Encoder encoder;
  private final Encryptor encryptor;
  private final Decryptor decryptor;

  private Client(ClientBundle bundle, CkksContext context, SecretKey secretKey) {
    this.bundle = bundle;
    this.context = context;
    this.secretKey = secretKey;
    this.encoder = new Encoder(context);
    this.encryptor = Encryptor.symmetric(context, secretKey);
    this.decryptor = new Decryptor(context, secretKey);
  }

  /** Makes a client with a fresh secret key. */
  public static Client create(ClientBundle bundle) {
    CkksContext context = CkksContext.create(bundle.parameters());
    try (KeyGenerator generator = new KeyGenerator(context)) {
      return new Client(bundle, context, generator.secretKey());
    } catch (RuntimeException | Error e) {
      context.close();
      throw e;
    }
  }

  /**
   * Makes a client with a secret key that another one wrote.
   *
   * @param secretKeyBytes from {@link #secretKeyBytes()}; the caller wipes them
   * @throws WireFormatException if the bytes are damaged, or the key is for another model
   */
  public static Client open(ClientBundle bundle, byte[] secretKeyBytes) throws WireFormatException {
    CkksContext context = CkksContext.create(bundle.parameters());
    try {
      SecretKey key = SecretKeyCodec.read(secretKeyBytes, context, bundle.modelDigest());
      return new Client(bundle, context, key);
    } catch (WireFormatException | RuntimeException | Error e) {
      context.close();
      throw e;
    }
  }

  /** The secret key, not encrypted: the caller stores it where nobody else reads, and wipes it. */
  public byte[] secretKeyBytes() {
    return SecretKeyCodec.write(secretKey, bundle.modelDigest());
  }

  /** Random name of the secret key, which is not secret. */
  public KeyId keyId() {
    return secretKey.keyId();
  }

  /** Bytes that {@link #writeEvaluationKeys} writes. */
  public long evaluationKeyBytes() {
    return EvaluationKeysCodec.frameBytes(context, bundle.keyPlan());
  }

  /**
   * Makes the keys that let a server compute on this client's ciphertexts, and writes them: one
   * after the other, so that memory holds one of them at most.
   */
  public void writeEvaluationKeys(OutputStream out) throws IOException {
    try (KeyGenerator generator = new KeyGenerator(context)) {
      EvaluationKeysCodec.generate(
          generator, secretKey, bundle.keyPlan(), bundle.modelDigest(), out);
    }
  }

  /** Bytes of one part of a request. */
  public long requestPartBytes() {
    return RequestCodec.frameBytes(context, bundle.parameters().maxLevel(), true);
  }

  /**
   * Encrypts rows and writes the request, as many parts as the rows take.
   *
   * @param rows rows of the model's input
   * @return what {@link #decrypt} needs to know the answer by
   * @throws PrivateInferenceException if the rows do not have the model's shape
   */
  public RequestTicket encrypt(Tensor rows, OutputStream out, Progress progress)
      throws IOException, PrivateInferenceException {
    Tensor input = InputShapes.conform(rows, bundle.inputShape());
    RequestTicket ticket = newTicket(input.rows());
    encrypt(input, ticket, out, progress);
    return ticket;
  }

  /** Names a request of some rows before it is made, so that the name can be kept first. */
  public RequestTicket newTicket(int rows) {
    return new RequestTicket(RequestId.random(), rows, bundle.rowsPerRequest());
  }

  /** As {@link #encrypt(Tensor, OutputStream, Progress)}, under a name made before. */
  public void encrypt(Tensor rows, RequestTicket ticket, OutputStream out, Progress progress)
      throws IOException, PrivateInferenceException {
    Tensor input = InputShapes.conform(rows, bundle.inputShape());
    if (input.rows() != ticket.rows()) {
      throw new IllegalArgumentException(
          "rows has " + input.rows() + " rows, the ticket is for " + ticket.rows());
    }
    for (Envelope envelope : ticket.envelopes(keyId(), bundle.modelDigest())) {
      int first = ticket.firstRow(envelope.part());
      try (Ciphertext ciphertext = encrypt(input.rows(first, first + envelope.rows()))) {
        RequestCodec.write(envelope, ciphertext, out);
      }
      progress.update("encrypt", envelope.part() + 1, envelope.parts());
    }
  }

  private Ciphertext encrypt(Tensor rows) {
    double[] slots = bundle.input().pack(toRows(rows));
    double scale = Math.pow(2, bundle.inputLog2Scale());
    try (Plaintext plaintext = encoder.encode(slots, bundle.parameters().maxLevel(), scale)) {
      return encryptor.encrypt(plaintext);
    } finally {
      Arrays.fill(slots, 0);
    }
  }

  /**
   * Reads the response to a request and decrypts it.
   *
   * @throws WireFormatException if it is damaged, or answers another request, key or model
   * @throws PrivateInferenceException if an answer outgrew the modulus, which shows in the slots
   *     that should be zero, or has another level or scale than was compiled
   */
  public Answers decrypt(InputStream response, RequestTicket ticket, Progress progress)
      throws IOException, WireFormatException, PrivateInferenceException {
    ResponseReader reader =
        new ResponseReader(response, context, ticket.envelopes(keyId(), bundle.modelDigest()));
    int columns = bundle.output().positions().length;
    float[] values = new float[Math.multiplyExact(ticket.rows(), columns)];
    for (int part = 0; reader.hasNext(); part++) {
      try (Ciphertext ciphertext = reader.next()) {
        requireExpected(ciphertext);
        int first = ticket.firstRow(part);
        copy(decrypt(ciphertext, ticket.firstRow(part + 1) - first), values, first * columns);
      }
      progress.update("decrypt", part + 1, ticket.parts());
    }
    Tensor core = Tensor.of(new int[] {ticket.rows(), columns}, values);
    return new Answers(core, bundle.tail(), noiseDeviation());
  }

  /**
   * Deviation of an answer's noise: what the bundle predicts, and no less than what every fresh
   * encryption and its rounding have, whatever the bundle says.
   */
  private double noiseDeviation() {
    int degree = bundle.parameters().polyModulusDegree();
    double rounding = degree / 6.0 / Math.pow(2, bundle.answerLog2Scale());
    return Math.max(bundle.predictedMaxError() / PREDICTED_DEVIATIONS, rounding);
  }

  /** A smaller scale than was agreed would make the noise larger than is known here. */
  private void requireExpected(Ciphertext answer) throws PrivateInferenceException {
    double log2Scale = Math.log(answer.scale()) / Math.log(2);
    if (answer.level() != 0
        || answer.size() != 2
        || Math.abs(log2Scale - bundle.answerLog2Scale()) > SCALE_TOLERANCE_BITS) {
      throw new PrivateInferenceException(
          PrivateInferenceException.Reason.UNEXPECTED_ANSWER,
          "the answer has level %d, scale 2^%.3f and size %d, not 0, 2^%.3f and 2: the server did not"
                  .formatted(answer.level(), log2Scale, answer.size(), bundle.answerLog2Scale())
              + " compute this model");
    }
  }

  private double[][] decrypt(Ciphertext ciphertext, int rows) throws PrivateInferenceException {
    double[] slots = decryptor.decrypt(ciphertext);
    requireInRange(slots, ciphertext.scale());
    return bundle.output().unpack(slots, rows);
  }

  /** One coefficient that wraps around adds up to modulus / scale to some slot. */
  private void requireInRange(double[] slots, double scale) throws PrivateInferenceException {
    double wrap = context.dataPrimes()[0] / scale;
    if (!(bundle.output().largestOutside(slots) < wrap / 4)) {
      throw new PrivateInferenceException(
          PrivateInferenceException.Reason.ANSWER_OUT_OF_RANGE,
          "the answer outgrew the range this model was compiled for: check that rows are scaled as in"
              + " training, or compile with --calibration rows of the same range");
    }
  }

  private static void copy(double[][] rows, float[] to, int start) {
    int next = start;
    for (double[] row : rows) {
      for (double value : row) {
        to[next++] = (float) value;
      }
    }
  }

  private static double[][] toRows(Tensor tensor) {
    double[][] rows = new double[tensor.rows()][];
    for (int i = 0; i < rows.length; i++) {
      float[] row = tensor.row(i);
      rows[i] = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        rows[i][j] = row[j];
      }
    }
    return rows;
  }

  @Override
  public void close() {
    secretKey.close();
    context.close();
  }
}
