package org.tagwarden.collector.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tagwarden.collector.evidence.ZipFiles.Sink;

/**
 * A client's entries of the audit log as a file. The chain runs through every client's entries, so
 * that a slice has holes; each line therefore brings the hash of the entry before it along. Its
 * hash is the SHA-256 over that one, a line feed and the entry's text, byte for byte.
 */
final class AuditSlice {
  static final String NAME = "audit/entries.jsonl";
  private static final String FIRST = "{\"format\":\"tagwarden-audit-slice\",\"version\":1}\n";
  private static final String BEFORE = "{\"previous\":\"";
  private static final String ENTRY = "\",\"entry\":";
  private static final String HASH = ",\"hash\":\"";
  private static final String END = "\"}";
  private static final int HEX = 64;
  private static final int MOST_PROBLEMS = 20;

  private AuditSlice() {}

  static void write(Snapshot snapshot, OutputStream out) throws IOException {
    try (Writer writer = SheetFiles.writer(out)) {
      writer.write(FIRST);
      if (!snapshot.scope().wholeClient()) return;
      snapshot.each(
          RunQueries.AUDIT_TEXTS,
          line ->
              writer.write(
                  BEFORE
                      + line.text("previous")
                      + ENTRY
                      + line.text("text")
                      + HASH
                      + line.text("hash")
                      + END
                      + "\n"));
    }
  }

  /** Computes every hash again while the file is unpacked. */
  static final class Check implements Sink {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<String> problems = new ArrayList<>();
    private int number;

    @Override
    public boolean take(byte[] bytes, int length) {
      for (int i = 0; i < length; i++) {
        if (bytes[i] == '\n') {
          if (number++ > 0) check(line.toString(StandardCharsets.ISO_8859_1));
          line.reset();
        } else {
          line.write(bytes[i]);
        }
      }
      return problems.size() < MOST_PROBLEMS;
    }

    private void check(String text) {
      int entry = BEFORE.length() + HEX + ENTRY.length();
      int hash = text.length() - END.length() - HEX;
      boolean whole = text.startsWith(BEFORE) && text.endsWith(END) && hash > entry;
      if (!whole || !text.startsWith(HASH, hash - HASH.length())) {
        problems.add("Line " + (number) + " of " + NAME + " is no entry of an audit log.");
        return;
      }
      String previous = text.substring(BEFORE.length(), BEFORE.length() + HEX);
      String said = previous + "\n" + text.substring(entry, hash - HASH.length());
      String computed = Sha256.hex(said.getBytes(StandardCharsets.ISO_8859_1));
      if (!computed.equals(text.substring(hash, hash + HEX))) {
        problems.add(
            "The audit log's entry in line "
                + number
                + " of "
                + NAME
                + " does not fit its hash: it was changed before the pack was made.");
      }
    }

    /** A sentence for each entry that was changed. */
    List<String> problems() {
      return problems;
    }
  }
}
