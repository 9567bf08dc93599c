package org.tagwarden.collector.evidence;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.evidence.ZipFiles.Sink;

/**
 * The records of a JSON sheet, a line each: every one begins with the SHA-256 of the line before
 * it, without the comma. So a change can be told to the record.
 */
final class RecordChain {
  static final String MEMBER = "previous";
  private static final String BEGIN = "{\"" + MEMBER + "\":\"";
  private static final int HEX = 64;
  private static final String NONE = "0".repeat(HEX);

  private String previous = NONE;

  /** The next record as JSON. */
  String next(Line line) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    record.put(MEMBER, previous);
    record.putAll(line.values());
    String text = SheetFiles.json(record);
    previous = Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    return text;
  }

  /** Finds where the chain is broken, while a sheet is unpacked. */
  static final class Check implements Sink {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private String previous = NONE;
    private int number;
    private int records;
    private int broken;
    private boolean brokenTwice;

    @Override
    public boolean take(byte[] bytes, int length) {
      for (int i = 0; i < length; i++) {
        if (bytes[i] == '\n') end();
        else line.write(bytes[i]);
      }
      return true;
    }

    private void end() {
      number++;
      String text = line.toString(StandardCharsets.UTF_8);
      line.reset();
      if (number == 1 || text.equals("]")) return;
      String record = text.endsWith(",") ? text.substring(0, text.length() - 1) : text;
      boolean fits = record.startsWith(BEGIN + previous + "\"");
      if (record.startsWith(BEGIN)) records++;
      if (!fits && broken == 0) broken = number;
      else if (!fits && number == broken + 1) brokenTwice = true;
      previous = Sha256.hex(record.getBytes(StandardCharsets.UTF_8));
    }

    /** Where the change is, for people; "" when these are no chained records. */
    String where() {
      if (records == 0) return "";
      if (broken == 0) return "the last record, in line " + (number - 1);
      // A record whose own hash was changed is itself another one for the record behind it.
      if (brokenTwice || broken == 2) return "the record in line " + broken;
      return "the record in line " + (broken - 1) + ", or one that stood or stands behind it";
    }
  }
}
