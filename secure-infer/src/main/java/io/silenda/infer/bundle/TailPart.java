package io.silenda.infer.bundle;

import io.silenda.infer.graph.ClientTail;
import io.silenda.infer.graph.Norm;
import io.silenda.infer.graph.PostTransform;
import io.silenda.infer.graph.TensorShape;
import java.util.List;
import java.util.stream.Stream;

/** What the client does after decryption. */
final class TailPart {
  private static final int MAX_LABELS = 1 << 15;
  private static final int MAX_LABEL_BYTES = 4096;
  private static final int MAX_LENGTH = 16;

  private TailPart() {}

  /** A chain of tails, flat: the first is applied first. */
  static void write(ContentWriter out, ClientTail tail) {
    List<ClientTail> chain = flat(tail);
    if (chain.size() > MAX_LENGTH) {
      throw new IllegalArgumentException("a tail of " + chain.size() + " steps");
    }
    out.int32(chain.size());
    chain.forEach(each -> writeOne(out, each));
  }

  static ClientTail read(ContentReader in) throws BundleFormatException {
    ClientTail tail = new ClientTail.None();
    for (ClientTail each : in.list("tail", MAX_LENGTH, 1, TailPart::readOne)) {
      tail = tail.then(each);
    }
    return tail;
  }

  private static List<ClientTail> flat(ClientTail tail) {
    if (tail instanceof ClientTail.Sequence sequence) {
      return Stream.concat(flat(sequence.first()).stream(), flat(sequence.second()).stream())
          .toList();
    }
    return tail instanceof ClientTail.None ? List.of() : List.of(tail);
  }

  private static void writeOne(ContentWriter out, ClientTail tail) {
    if (tail instanceof ClientTail.Sigmoid) {
      out.tag(0);
    } else if (tail instanceof ClientTail.Softmax) {
      out.tag(1);
    } else if (tail instanceof ClientTail.LogSoftmax) {
      out.tag(2);
    } else if (tail instanceof ClientTail.ArgMax) {
      out.tag(3);
    } else if (tail instanceof ClientTail.Normalize normalize) {
      out.tag(normTag(normalize.norm()));
    } else if (tail instanceof ClientTail.TopK top) {
      out.tag(9).int32(top.count()).int32(top.largest() ? 1 : 0).int32(top.indices() ? 1 : 0);
    } else if (tail instanceof ClientTail.LinearClassifier classifier) {
      out.tag(5).text(classifier.postTransform().name());
      writeLabels(out, classifier.labels());
    } else if (tail instanceof ClientTail.Label label) {
      out.tag(6);
      writeLabels(out, label.labels());
    } else {
      throw new IllegalArgumentException("a tail without a code: " + tail);
    }
  }

  private static ClientTail readOne(ContentReader in) throws BundleFormatException {
    return switch (in.tag("tail", 9)) {
      case 0 -> new ClientTail.Sigmoid();
      case 1 -> new ClientTail.Softmax();
      case 2 -> new ClientTail.LogSoftmax();
      case 3 -> new ClientTail.ArgMax();
      case 4 -> new ClientTail.Normalize(Norm.L1);
      case 5 ->
          new ClientTail.LinearClassifier(
              PostTransform.valueOf(in.text("post transform", 64)), readLabels(in));
      case 6 -> new ClientTail.Label(readLabels(in));
      case 7 -> new ClientTail.Normalize(Norm.MAX);
      case 8 -> new ClientTail.Normalize(Norm.L2);
      default -> readTop(in);
    };
  }

  private static int normTag(Norm norm) {
    return switch (norm) {
      case L1 -> 4;
      case MAX -> 7;
      case L2 -> 8;
    };
  }

  private static ClientTail readTop(ContentReader in) throws BundleFormatException {
    int count = in.int32("count", 1, TensorShape.MAX_ELEMENTS);
    boolean largest = in.int32("largest", 0, 1) == 1;
    return new ClientTail.TopK(count, largest, in.int32("indices", 0, 1) == 1);
  }

  private static void writeLabels(ContentWriter out, List<String> labels) {
    out.int32(labels.size());
    labels.forEach(out::text);
  }

  private static List<String> readLabels(ContentReader in) throws BundleFormatException {
    return in.list("labels", MAX_LABELS, 4, part -> part.text("label", MAX_LABEL_BYTES));
  }
}
