package org.tagwarden.collector.access;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The audit log as a file that anybody can check without the server: a first line that says what it
 * is and by which key it is signed, a line of JSON for each entry with its hash, the server's seals
 * after the entries that were the newest then, and a last line with their number and the newest
 * hash, signed. A hash is the SHA-256 over the hash before it (64 zeros for the first entry), a
 * line feed and the entry's text, byte for byte as it stands in the file. Without a key there are
 * no signatures: version 1.
 */
public final class AuditFile {
  static final String FIRST_LINE = "{\"format\":\"tagwarden-audit\",\"version\":1}";
  static final String NO_HASH = "0".repeat(64);

  private static final String BEFORE_TEXT = "{\"entry\":";
  private static final String BEFORE_HASH = ",\"hash\":\"";
  private static final String END = "\"}";

  private static final String SIGNED_FIRST =
      "{\"format\":\"tagwarden-audit\",\"version\":2,\"key\":\"";

  private AuditFile() {}

  /** The first line of a file that is signed by this key, without its line feed. */
  static String firstLine(SigningKey key) {
    return SIGNED_FIRST + key.publicLine() + END;
  }

  /** The key that a first line names, in Base64; null when it is not the line of a signed file. */
  static @Nullable String keyOf(String firstLine) {
    return firstLine.startsWith(SIGNED_FIRST) && firstLine.endsWith(END)
        ? firstLine.substring(SIGNED_FIRST.length(), firstLine.length() - END.length())
        : null;
  }

  /** The line of an entry, without its line feed. */
  static String line(String text, String hash) {
    return BEFORE_TEXT + text + BEFORE_HASH + hash + END;
  }

  /** The last line, without its line feed. */
  static String lastLine(long entries, String hash) {
    return "{\"entries\":" + entries + ",\"hash\":\"" + hash + END;
  }

  /**
   * Checks every line; what is wrong is told entry by entry.
   *
   * @param kept a hash that was kept aside, which some entry has to have; null when there is none
   * @param key the fingerprint of the key that has to have signed it; null when none is known
   */
  public static AuditVerdict verify(Path file, @Nullable String kept, @Nullable String key)
      throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return verify(in, kept, key);
    }
  }

  static AuditVerdict verify(InputStream in, @Nullable String kept, @Nullable String key)
      throws IOException {
    AuditCheck check = new AuditCheck(kept, key);
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        check.line(line.toByteArray());
        line.reset();
      } else {
        line.write(b);
      }
    }
    return check.end(line.size() > 0);
  }

  /** An entry's text and hash; null when the line is none. */
  static @Nullable Chained entry(byte[] line) {
    byte[] start = BEFORE_TEXT.getBytes(StandardCharsets.US_ASCII);
    int tail = BEFORE_HASH.length() + NO_HASH.length() + END.length();
    if (line.length < start.length + tail || !hasAt(line, 0, BEFORE_TEXT)) return null;
    int text = line.length - tail;
    if (!hasAt(line, text, BEFORE_HASH) || !hasAt(line, line.length - END.length(), END)) {
      return null;
    }
    String hash =
        new String(
            line, text + BEFORE_HASH.length(), NO_HASH.length(), StandardCharsets.ISO_8859_1);
    return new Chained(java.util.Arrays.copyOfRange(line, start.length, text), hash);
  }

  private static boolean hasAt(byte[] line, int place, String what) {
    for (int i = 0; i < what.length(); i++) {
      if (line[place + i] != what.charAt(i)) return false;
    }
    return true;
  }

  /** An entry's bytes, with the hash that stands beside them. */
  @SuppressWarnings("ArrayRecordComponent") // read once, compared never
  record Chained(byte[] text, String hash) {
    /** The hash that fits this text after that one. */
    String hashAfter(String previous) {
      try {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(previous.getBytes(StandardCharsets.ISO_8859_1));
        sha256.update((byte) '\n');
        return HexFormat.of().formatHex(sha256.digest(text));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java has SHA-256", e);
      }
    }
  }
}
