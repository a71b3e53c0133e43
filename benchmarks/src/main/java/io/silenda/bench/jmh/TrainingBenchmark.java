package io.silenda.bench.jmh;

import io.silenda.bench.training.StepNetwork;
import io.silenda.bench.training.SyntheticDigits;
import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.export.OnnxExporter;
import io.silenda.dp.ledger.LedgerException;
import io.silenda.dp.network.LayerSpec.Scattering;
import io.silenda.dp.network.TensorShape;
import io.silenda.dp.scattering.ScatteringTransform;
import io.silenda.dp.train.Clipping;
import io.silenda.dp.train.DpTrainer;
import io.silenda.dp.train.LearningRate;
import io.silenda.dp.train.Loss;
import io.silenda.dp.train.Optimizer;
import io.silenda.dp.train.Predictor;
import io.silenda.dp.train.PrivacyTarget;
import io.silenda.dp.train.Sampling;
import io.silenda.dp.train.TrainedModel;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Training with privacy; the baseline is the same without. Then what is done with the network. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TrainingBenchmark extends Microseconds {
  private static final int RECORDS = 6_000;
  private static final int BATCH = 256;
  private static final int STEPS = 10;
  private static final int SIDE = 28;

  /** Which network. */
  @Param({"LOGISTIC", "MLP", "CNN"})
  public StepNetwork network = StepNetwork.LOGISTIC;

  private final SyntheticDigits data = new SyntheticDigits(RECORDS);
  private final float[] image = new float[SIDE * SIDE];
  private float[] features = {};

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private TrainedModel trained;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private Predictor predictor;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private ScatteringTransform scattering;

  /** Trains a network. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    trained = privateSteps();
    predictor = new Predictor(network.network(), trained.best());
    scattering = scatteringTransform();
    features = new float[scattering.output().elements()];
  }

  /** Frees what holds native memory. */
  @TearDown(Level.Trial)
  public void close() {
    predictor.close();
    scattering.close();
  }

  /** Ten steps with Poisson sampling, clipping and noise, from weights to weights. */
  @Benchmark
  public TrainedModel privateSteps() throws IOException, LedgerException, AccountingException {
    return train(new PrivacyTarget.NoiseMultiplier(1.1, 1e-5));
  }

  /** The baseline. */
  @Benchmark
  public TrainedModel plainSteps() throws IOException, LedgerException, AccountingException {
    return train(new PrivacyTarget.InsecureNone());
  }

  private TrainedModel train(PrivacyTarget privacy)
      throws IOException, LedgerException, AccountingException {
    return DpTrainer.builder(network.network(), Loss.CROSS_ENTROPY)
        .sampling(new Sampling.Poisson((double) BATCH / RECORDS, BATCH))
        .steps(STEPS)
        .clipping(new Clipping.Flat(1))
        .privacy(privacy)
        .optimizer(new Optimizer.Sgd())
        .learningRate(new LearningRate.Constant(0.05))
        .build()
        .train(data);
  }

  /** Outputs of 6,000 records. */
  @Benchmark
  public float[] predict() {
    return predictor.outputs(data);
  }

  /** The network as an ONNX file. */
  @Benchmark
  public byte[] export() {
    return OnnxExporter.export(network.network(), trained.best(), Optional.empty(), Map.of());
  }

  /** Filters of a scattering transform of two scales and eight angles. */
  @Benchmark
  public void createScattering() {
    scatteringTransform().close();
  }

  /** Its features of an image of 28 x 28. */
  @Benchmark
  public float[] scatter() {
    scattering.apply(image, features, 0);
    return features;
  }

  private static ScatteringTransform scatteringTransform() {
    return ScatteringTransform.of(new Scattering(2, 8, 0), TensorShape.of(1, SIDE, SIDE));
  }
}
