package io.silenda.dp.accounting;

import io.silenda.dp.accounting.PrivacyEvent.ApproximateDp;
import io.silenda.dp.accounting.PrivacyEvent.BandedMatrix;
import io.silenda.dp.accounting.PrivacyEvent.Composed;
import io.silenda.dp.accounting.PrivacyEvent.DiscreteGaussian;
import io.silenda.dp.accounting.PrivacyEvent.DiscreteLaplace;
import io.silenda.dp.accounting.PrivacyEvent.FixedBatch;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.Laplace;
import io.silenda.dp.accounting.PrivacyEvent.MatrixMechanism;
import io.silenda.dp.accounting.PrivacyEvent.Noise;
import io.silenda.dp.accounting.PrivacyEvent.PoissonSampled;
import io.silenda.dp.accounting.PrivacyEvent.RepeatAndSelect;
import io.silenda.dp.accounting.PrivacyEvent.Repeated;
import io.silenda.dp.accounting.PrivacyEvent.ShuffledEpoch;
import io.silenda.dp.accounting.PrivacyEvent.TreeAggregation;
import io.silenda.dp.accounting.PrivacyEvent.TruncatedPoisson;
import io.silenda.dp.accounting.PrivacyEvent.UserLevelPoisson;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Events as text and back, without loss: {@code Repeated(PoissonSampled(0.01,Gaussian(1.1)),1000)}.
 * Names and order of the arguments are those of the records.
 */
public final class EventText {
  private static final int DEEPEST = 16;

  private final String text;
  private int at;

  private EventText(String text) {
    this.text = text;
  }

  /** The event's one-line form. */
  public static String format(PrivacyEvent event) {
    List<String> arguments = new ArrayList<>();
    for (RecordComponent component : event.getClass().getRecordComponents()) {
      arguments.add(argument(value(event, component)));
    }
    return event.getClass().getSimpleName() + "(" + String.join(",", arguments) + ")";
  }

  private static Object value(PrivacyEvent event, RecordComponent component) {
    try {
      return component.getAccessor().invoke(event);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("events are public records", e);
    }
  }

  private static String argument(Object value) {
    if (value instanceof PrivacyEvent event) {
      return format(event);
    }
    if (value instanceof List<?> events) {
      return events.stream().map(EventText::argument).collect(Collectors.joining(","));
    }
    return value.toString();
  }

  /**
   * The event that {@link #format} wrote.
   *
   * @throws IllegalArgumentException if the text is no event, names an unknown one, or has
   *     arguments out of range
   */
  public static PrivacyEvent parse(String text) {
    EventText reader = new EventText(text);
    PrivacyEvent event = reader.event(0);
    if (reader.at != text.length()) {
      throw reader.malformed();
    }
    return event;
  }

  private PrivacyEvent event(int depth) {
    if (depth > DEEPEST) {
      throw malformed();
    }
    String name = token();
    if (at >= text.length() || text.charAt(at) != '(') {
      throw malformed();
    }
    List<Object> arguments = new ArrayList<>();
    do {
      // The opening bracket or a comma.
      at++;
      int start = at;
      String word = token();
      if (at < text.length() && text.charAt(at) == '(') {
        at = start;
        arguments.add(event(depth + 1));
      } else {
        arguments.add(word);
      }
    } while (at < text.length() && text.charAt(at) == ',');
    if (at >= text.length() || text.charAt(at) != ')') {
      throw malformed();
    }
    at++;
    try {
      return make(name, arguments);
    } catch (ClassCastException
        | IndexOutOfBoundsException
        | ArithmeticException
        | NumberFormatException e) {
      throw new IllegalArgumentException("event " + name + " has wrong arguments", e);
    }
  }

  private static PrivacyEvent make(String name, List<Object> a) {
    PrivacyEvent event =
        switch (name) {
          case "Gaussian" -> new Gaussian(real(a, 0));
          case "Laplace" -> new Laplace(real(a, 0));
          case "DiscreteGaussian" -> new DiscreteGaussian(real(a, 0), count(a, 1));
          case "DiscreteLaplace" -> new DiscreteLaplace(real(a, 0), count(a, 1));
          case "PoissonSampled" -> new PoissonSampled(real(a, 0), (Noise) a.get(1));
          case "TruncatedPoisson" ->
              new TruncatedPoisson(real(a, 0), count(a, 1), count(a, 2), (Gaussian) a.get(3));
          case "FixedBatch" -> new FixedBatch(count(a, 0), count(a, 1), (Gaussian) a.get(2));
          case "ShuffledEpoch" -> new ShuffledEpoch((Gaussian) a.get(0));
          case "UserLevelPoisson" ->
              new UserLevelPoisson(real(a, 0), count(a, 1), (Gaussian) a.get(2));
          case "TreeAggregation" -> new TreeAggregation((Gaussian) a.get(0), whole(a, 1));
          case "MatrixMechanism" -> new MatrixMechanism((Gaussian) a.get(0));
          case "BandedMatrix" ->
              new BandedMatrix(real(a, 0), count(a, 1), whole(a, 2), (Gaussian) a.get(3));
          case "ApproximateDp" -> new ApproximateDp(real(a, 0), real(a, 1));
          case "RepeatAndSelect" ->
              new RepeatAndSelect((PrivacyEvent) a.get(0), real(a, 1), real(a, 2));
          case "Repeated" -> new Repeated((PrivacyEvent) a.get(0), whole(a, 1));
          case "Composed" -> new Composed(a.stream().map(PrivacyEvent.class::cast).toList());
          default -> throw new IllegalArgumentException("event " + name + " is unknown");
        };
    int expected =
        event instanceof Composed ? a.size() : event.getClass().getRecordComponents().length;
    if (a.size() != expected) {
      throw new IllegalArgumentException("event " + name + " has " + a.size() + " arguments");
    }
    return event;
  }

  private static double real(List<Object> arguments, int i) {
    return Double.parseDouble((String) arguments.get(i));
  }

  private static int count(List<Object> arguments, int i) {
    return Math.toIntExact(whole(arguments, i));
  }

  private static long whole(List<Object> arguments, int i) {
    return Long.parseLong((String) arguments.get(i));
  }

  private String token() {
    int start = at;
    while (at < text.length() && "(),".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException("event is malformed at character " + at);
  }
}
