package io.silenda.attest.provider.tsm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Certificate tables as a host makes them; GUIDs are written down here a second time. */
final class TableBuilder {
  static final String VCEK = "63da758d-e664-4564-adc5-f4b93be8accd";
  static final String ASK = "4ab7b379-bbac-4fe4-a02f-05aef327c782";
  static final String ARK = "c0b406a4-a803-4952-9743-3fb6014cd0ae";

  private record Entry(String guid, byte[] bytes) {}

  private final List<Entry> entries = new ArrayList<>();

  TableBuilder add(String guid, byte[] bytes) {
    entries.add(new Entry(guid, bytes));
    return this;
  }

  byte[] build() {
    int header = 24 * (entries.size() + 1);
    int size = header + entries.stream().mapToInt(entry -> entry.bytes().length).sum();
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    int offset = header;
    for (Entry entry : entries) {
      out.put(HexFormat.of().parseHex(entry.guid().replace("-", "")));
      out.putInt(offset).putInt(entry.bytes().length);
      out.duplicate().position(offset).put(entry.bytes());
      offset += entry.bytes().length;
    }
    return out.array();
  }
}
