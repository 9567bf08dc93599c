package org.tagwarden.collector.access;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's signature under the audit log as it was: whoever owns the database can write all of
 * it anew with hashes that fit, but not this.
 *
 * @param seq the newest entry then
 * @param hash its hash, in hex
 * @param at to the second
 * @param signature in Base64
 */
record AuditSeal(long seq, String hash, Instant at, String signature) {
  private static final Pattern LINE =
      Pattern.compile(
          "\\{\"seal\":\\{\"seq\":([1-9]\\d{0,17}),\"hash\":\"([0-9a-f]{64})\",\"at\":\"([^\"]{20})\"},"
              + "\"signature\":\"([A-Za-z0-9+/=]{88})\"}");
  private static final Pattern CLOSING =
      Pattern.compile(
          "\\{\"entries\":(0|[1-9]\\d{0,17}),\"hash\":\"([0-9a-f]{64})\",\"at\":\"([^\"]{20})\","
              + "\"signature\":\"([A-Za-z0-9+/=]{88})\"}");

  /** What is signed when the log goes on after that, and when a file ends with it. */
  private enum Kind {
    SEAL,
    END
  }

  static AuditSeal of(SigningKey key, long seq, String hash, Instant now) {
    return signed(Kind.SEAL, key, seq, hash, now);
  }

  /** The last line of a file: it holds so many entries and no more. */
  static AuditSeal ending(SigningKey key, long entries, String hash, Instant now) {
    return signed(Kind.END, key, entries, hash, now);
  }

  private static AuditSeal signed(Kind kind, SigningKey key, long seq, String hash, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.SECONDS);
    byte[] signature = key.sign(text(kind, seq, hash, at));
    return new AuditSeal(seq, hash, at, Base64.getEncoder().encodeToString(signature));
  }

  private static byte[] text(Kind kind, long seq, String hash, Instant at) {
    return ("tagwarden-audit " + kind + "\n" + seq + "\n" + hash + "\n" + at)
        .getBytes(StandardCharsets.US_ASCII);
  }

  boolean isBy(PublicKey key) {
    return isBy(Kind.SEAL, key);
  }

  boolean isEndingBy(PublicKey key) {
    return isBy(Kind.END, key);
  }

  private boolean isBy(Kind kind, PublicKey key) {
    byte[] bytes = Base64.getDecoder().decode(signature);
    return SigningKey.signed(key, text(kind, seq, hash, at), bytes);
  }

  /** As a line of the file, without its line feed. */
  String line() {
    return "{\"seal\":{\"seq\":"
        + seq
        + ",\"hash\":\""
        + hash
        + "\",\"at\":\""
        + at
        + "\"},\"signature\":\""
        + signature
        + "\"}";
  }

  /** As the last line of the file. */
  String closingLine() {
    return "{\"entries\":"
        + seq
        + ",\"hash\":\""
        + hash
        + "\",\"at\":\""
        + at
        + "\",\"signature\":\""
        + signature
        + "\"}";
  }

  static Optional<AuditSeal> ofLine(String line) {
    return of(LINE.matcher(line), line, false);
  }

  static Optional<AuditSeal> ofClosingLine(String line) {
    return of(CLOSING.matcher(line), line, true);
  }

  /** Only what {@link #line} would write just so: each byte of it counts. */
  private static Optional<AuditSeal> of(Matcher found, String line, boolean closing) {
    if (!found.matches()) return Optional.empty();
    try {
      AuditSeal seal =
          new AuditSeal(
              Long.parseLong(found.group(1)),
              found.group(2),
              Instant.parse(found.group(3)),
              found.group(4));
      byte[] signature = Base64.getDecoder().decode(seal.signature());
      boolean exact =
          Base64.getEncoder().encodeToString(signature).equals(seal.signature())
              && (closing ? seal.closingLine() : seal.line()).equals(line);
      return exact ? Optional.of(seal) : Optional.empty();
    } catch (DateTimeParseException | IllegalArgumentException e) {
      return Optional.empty(); // no time, or no Base64
    }
  }
}
