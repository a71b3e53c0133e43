package io.silenda.infer;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.Decryptor;
import io.silenda.he.Encoder;
import io.silenda.he.Encryptor;
import io.silenda.he.EvaluationKeys;
import io.silenda.he.KeyGenerator;
import io.silenda.he.Plaintext;
import io.silenda.he.SecretKey;
import io.silenda.infer.tensor.Tensor;

/**
 * The data owner's side: makes keys, encrypts rows, decrypts answers. It never sees a weight.
 *
 * <p>Safe for use by several threads. Closing it wipes the secret key; evaluation keys belong to
 * whoever asked for them.
 */
public final class Client implements AutoCloseable {
  private final ClientBundle bundle;
  private final CkksContext context;
  private final SecretKey secretKey;
  private final Encoder encoder;
  private final Encryptor encryptor;
  private final Decryptor decryptor;

  /**
   * Makes a client with a fresh secret key.
   *
   * @param context a context of the bundle's parameters; stays open as long as the client is used
   */
  public Client(ClientBundle bundle, CkksContext context) {
    this.bundle = bundle;
    this.context = context;
    try (KeyGenerator generator = new KeyGenerator(context)) {
      this.secretKey = generator.secretKey();
    }
    this.encoder = new Encoder(context);
    this.encryptor = Encryptor.symmetric(context, secretKey);
    this.decryptor = new Decryptor(context, secretKey);
  }

  /** The keys that let a server compute on this client's ciphertexts; the caller closes them. */
  public EvaluationKeys evaluationKeys() {
    try (KeyGenerator generator = new KeyGenerator(context)) {
      return generator.evaluationKeys(secretKey, bundle.keyPlan());
    }
  }

  /** Rows that one request can hold. */
  public int batch() {
    return bundle.input().batch();
  }

  /**
   * Encrypts rows into one request; the caller closes it.
   *
   * @param rows up to {@link #batch()} rows of the model's input
   */
  public EncryptedRequest encrypt(Tensor rows) {
    double[] slots = bundle.input().pack(toRows(rows));
    double scale = Math.pow(2, bundle.inputLog2Scale());
    try (Plaintext plaintext = encoder.encode(slots, bundle.parameters().maxLevel(), scale)) {
      return new EncryptedRequest(encryptor.encrypt(plaintext), rows.rows());
    }
  }

  /**
   * Decrypts an answer: the tensor before the client's tail, one row for each row of the request.
   *
   * @throws PrivateInferenceException if the answer outgrew the modulus, which shows in the slots
   *     that should be zero
   */
  public Tensor decrypt(EncryptedResponse response) throws PrivateInferenceException {
    Ciphertext ciphertext = response.ciphertext();
    double[] slots = decryptor.decrypt(ciphertext);
    requireInRange(slots);
    double[][] outputs = bundle.output().unpack(slots, response.rows());
    float[] values = new float[response.rows() * outputs[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) outputs[i / outputs[0].length][i % outputs[0].length];
    }
    return Tensor.of(new int[] {response.rows(), outputs[0].length}, values);
  }

  /** One coefficient that wraps around adds up to modulus / scale to some slot. */
  private void requireInRange(double[] slots) throws PrivateInferenceException {
    double wrap = context.dataPrimes()[0] / Math.pow(2, bundle.answerLog2Scale());
    if (!(bundle.output().largestOutside(slots) < wrap / 4)) {
      throw new PrivateInferenceException(
          PrivateInferenceException.Reason.ANSWER_OUT_OF_RANGE,
          "the answer outgrew the range this model was compiled for: check that rows are scaled as in"
              + " training, or compile with --calibration rows of the same range");
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
  }
}
