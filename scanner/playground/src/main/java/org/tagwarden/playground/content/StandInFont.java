package org.tagwarden.playground.content;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The smallest TrueType font that browsers accept: one empty glyph, mapped to a private-use
 * character, so that text falls back to the reader's own fonts. Built here, since the project keeps
 * no binary files.
 */
final class StandInFont {
  private static final byte[] BYTES = build();

  private StandInFont() {}

  static byte[] bytes() {
    return BYTES.clone();
  }

  private static byte[] build() {
    Map<String, byte[]> tables = new LinkedHashMap<>(); // in the order of their tags
    tables.put("OS/2", os2());
    tables.put("cmap", cmap());
    tables.put("glyf", new byte[4]);
    tables.put("head", head());
    tables.put("hhea", hhea());
    tables.put("hmtx", ByteBuffer.allocate(8).putShort((short) 500).array());
    tables.put("loca", new byte[6]);
    tables.put("maxp", maxp());
    tables.put("name", name());
    tables.put("post", ByteBuffer.allocate(32).putInt(0x00030000).array());

    int offset = 12 + 16 * tables.size();
    ByteBuffer directory = ByteBuffer.allocate(offset);
    directory.putInt(0x00010000).putShort((short) tables.size());
    directory.putShort((short) 128).putShort((short) 3).putShort((short) 32);
    ByteArrayOutputStream bodies = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> table : tables.entrySet()) {
      byte[] body = table.getValue();
      directory.put(table.getKey().getBytes(StandardCharsets.US_ASCII));
      directory.putInt(checksum(body)).putInt(offset + bodies.size()).putInt(body.length);
      bodies.write(body, 0, body.length);
      while (bodies.size() % 4 != 0) bodies.write(0);
    }
    byte[] end = bodies.toByteArray();
    return ByteBuffer.allocate(offset + end.length).put(directory.array()).put(end).array();
  }

  private static byte[] head() {
    return ByteBuffer.allocate(54)
        .putInt(0x00010000)
        .putInt(0x00010000)
        .putInt(0)
        .putInt(0x5F0F3CF5)
        .putShort((short) 3)
        .putShort((short) 1000)
        .array();
  }

  private static byte[] hhea() {
    return ByteBuffer.allocate(36)
        .putInt(0x00010000)
        .putShort((short) 800)
        .putShort((short) -200)
        .putShort(4, (short) 800)
        .putShort(34, (short) 2)
        .array();
  }

  private static byte[] maxp() {
    return ByteBuffer.allocate(32)
        .putInt(0x00010000)
        .putShort((short) 2)
        .putShort(14, (short) 2)
        .array();
  }

  private static byte[] cmap() {
    // One subtable, format 4: U+E000 to glyph 1, and the closing segment.
    return ByteBuffer.allocate(12 + 32)
        .putShort((short) 0)
        .putShort((short) 1)
        .putShort((short) 3)
        .putShort((short) 1)
        .putInt(12)
        .putShort((short) 4)
        .putShort((short) 32)
        .putShort((short) 0)
        .putShort((short) 4)
        .putShort((short) 4)
        .putShort((short) 1)
        .putShort((short) 0)
        .putShort((short) 0xE000)
        .putShort((short) 0xFFFF)
        .putShort((short) 0)
        .putShort((short) 0xE000)
        .putShort((short) 0xFFFF)
        .putShort((short) (1 - 0xE000))
        .putShort((short) 1)
        .putInt(0)
        .array();
  }

  private static byte[] name() {
    byte[] text = "Stand-in".getBytes(StandardCharsets.UTF_16BE);
    ByteBuffer table = ByteBuffer.allocate(6 + 12 * 2 + text.length);
    table.putShort((short) 0).putShort((short) 2).putShort((short) 30);
    for (int id = 1; id <= 2; id++) {
      table.putShort((short) 3).putShort((short) 1).putShort((short) 0x409).putShort((short) id);
      table.putShort((short) text.length).putShort((short) 0);
    }
    return table.put(text).array();
  }

  private static byte[] os2() {
    return ByteBuffer.allocate(96)
        .putShort((short) 4)
        .putShort((short) 500)
        .putShort((short) 400)
        .putShort((short) 5)
        .putShort(62, (short) 0x40)
        .putShort(64, (short) 0xE000)
        .putShort(66, (short) 0xE000)
        .putShort(68, (short) 800)
        .putShort(70, (short) -200)
        .putShort(74, (short) 800)
        .putShort(76, (short) 200)
        .array();
  }

  private static int checksum(byte[] table) {
    ByteBuffer padded = ByteBuffer.allocate((table.length + 3) / 4 * 4).put(table).rewind();
    int sum = 0;
    while (padded.hasRemaining()) sum += padded.getInt();
    return sum;
  }
}
