package io.silenda.infer;

import io.silenda.he.AcceleratedEvaluator;
import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.ComputePool;
import io.silenda.he.Evaluator;
import io.silenda.he.SealEvaluator;
import io.silenda.he.wire.EvaluationKeysCodec;
import io.silenda.he.wire.ExpectedRequest;
import io.silenda.he.wire.ReceivedRequest;
import io.silenda.he.wire.RequestReader;
import io.silenda.he.wire.ResponseCodec;
import io.silenda.he.wire.ServerKeys;
import io.silenda.he.wire.WireFormatException;
import io.silenda.infer.flood.AnswerFlood;
import io.silenda.infer.schedule.ScheduledProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The model owner's side: holds encoded weights and evaluates requests. It has no field and no
 * method that takes a secret key, and shares nothing but bytes with the client.
 *
 * <p>Answers hold the outputs, once or repeated, and zeros: no partial sum. Other slots are masked
 * in the last layer. Each is re-randomised with an encryption of zero under the client's public
 * key, and flooded with noise where the model was compiled so.
 *
 * <p>Safe for use by several threads at once. Closing it frees the encoded weights.
 */
public final class Server implements AutoCloseable {
  /** A request of more parts than this would take days. */
  private static final int MAX_PARTS = 1 << 20;

  private final ServerBundle bundle;
  private final BiFunction<CkksContext, ComputePool, Evaluator> evaluators;
  private final CkksContext context;
  private final ProgramEvaluator evaluator;
  private final Optional<AnswerFlood> flood;
  private final LayerClock clock = new LayerClock();

  /**
   * Encodes the weights of a bundle.
   *
   * @throws IllegalArgumentException if the bundle's scales do not fit its parameters
   */
  public Server(ServerBundle bundle) {
    this(bundle, AcceleratedEvaluator::new);
  }

  /**
   * A server on SEAL's own evaluator, several times slower: for comparison.
   *
   * @throws IllegalArgumentException if the bundle's scales do not fit its parameters
   */
  public static Server onReferenceEvaluator(ServerBundle bundle) {
    return new Server(bundle, (context, pool) -> new SealEvaluator(context));
  }

  private Server(ServerBundle bundle, BiFunction<CkksContext, ComputePool, Evaluator> evaluators) {
    this.bundle = bundle;
    this.evaluators = evaluators;
    this.context = CkksContext.create(bundle.program().parameters());
    try {
      this.flood = flood(bundle.program(), context);
      this.evaluator = new ProgramEvaluator(bundle.program(), context);
    } catch (RuntimeException | Error e) {
      context.close();
      throw e;
    }
  }

  /**
   * Reads the keys that a client wrote; the caller closes them.
   *
   * @throws WireFormatException if they are damaged or for another model
   */
  public ServerKeys readKeys(InputStream in) throws IOException, WireFormatException {
    return EvaluationKeysCodec.read(in, context, bundle.program().keyPlan(), bundle.modelDigest());
  }

  /** Bytes of one part of a response. */
  public long responsePartBytes() {
    return ResponseCodec.roundedFrameBytes(context, 2, bundle.program().answerDroppedBits());
  }

  /**
   * Reads a request, evaluates its parts and writes the response, on a pool of its own.
   *
   * @param keys from {@link #readKeys} of this server
   * @param threads threads that compute at once, on one part or on several
   * @return milliseconds of computation for each part
   * @throws WireFormatException if the request is damaged, or for another model or key
   */
  public List<Double> answer(
      InputStream request, ServerKeys keys, OutputStream response, int threads, Progress progress)
      throws IOException, WireFormatException {
    try (ComputePool pool = ComputePool.ofThreads(threads)) {
      return answer(request, keys, response, pool, progress);
    }
  }

  /**
   * The same on a pool that other requests, of this server or another, may compute on at the same
   * time.
   *
   * @param keys from {@link #readKeys} of this server
   * @param pool stays the caller's
   * @return milliseconds of computation for each part
   * @throws WireFormatException if the request is damaged, or for another model or key
   */
  public List<Double> answer(
      InputStream request,
      ServerKeys keys,
      OutputStream response,
      ComputePool pool,
      Progress progress)
      throws IOException, WireFormatException {
    ScheduledProgram program = bundle.program();
    ExpectedRequest expected =
        new ExpectedRequest(
            keys.keyId(),
            bundle.modelDigest(),
            program.parameters().maxLevel(),
            Math.pow(2, program.inputLog2Scale()),
            program.program().batch(),
            MAX_PARTS);
    RequestReader reader = new RequestReader(request, context, expected);
    Evaluator onPool = evaluators.apply(context, pool);
    try (PartPipeline pipeline =
        new PartPipeline(pool.threads(), part -> evaluate(onPool, part, keys))) {
      return pipeline.run(reader, answered -> write(answered, response), progress);
    }
  }

  /**
   * After re-randomisation an answer is flooded, and drops the primes that made room for that: what
   * a client could have done itself tells it no more.
   */
  private Ciphertext evaluate(Evaluator onPool, ReceivedRequest part, ServerKeys keys) {
    double[] millis = new double[evaluator.layerCount()];
    try (Ciphertext answer =
            evaluator.evaluate(onPool, part.ciphertext(), keys.evaluationKeys(), millis);
        CiphertextChain chain = new CiphertextChain()) {
      clock.add(millis);
      chain.next(own -> own, answer);
      chain.next(own -> onPool.rerandomize(own, keys.publicKey()));
      flood.ifPresent(noise -> chain.next(fresh -> noise.flooded(onPool, fresh)));
      for (int level = bundle.program().resultLevel(); level > 0; level--) {
        chain.next(onPool::rescale);
      }
      return chain.take();
    }
  }

  private static Optional<AnswerFlood> flood(ScheduledProgram program, CkksContext context) {
    return program.flood().isPresent()
        ? Optional.of(
            new AnswerFlood(context, program.resultLevel(), program.floodCoefficientDeviation()))
        : Optional.empty();
  }

  private void write(PartPipeline.Answered answered, OutputStream response) throws IOException {
    ResponseCodec.writeRounded(
        answered.envelope(), answered.ciphertext(), bundle.program().answerDroppedBits(), response);
  }

  /**
   * What each layer took, in the order of {@link CompilationReport#layers}: the middle of the last
   * thousand parts; empty before the first. Milliseconds of the clock, other parts on the same pool
   * included.
   */
  public List<Double> layerMillis() {
    return clock.medians();
  }

  /** Native bytes that the encoded weights take. */
  public long weightBytes() {
    return evaluator.weightBytes();
  }

  @Override
  public void close() {
    evaluator.close();
    context.close();
  }
}
