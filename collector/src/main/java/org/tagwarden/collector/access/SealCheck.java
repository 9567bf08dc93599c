package org.tagwarden.collector.access;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The signatures of an exported audit log, in the order of its lines. */
final class SealCheck {
  private final @Nullable String expected;
  private final Consumer<String> problems;
  private @Nullable PublicKey key;
  private boolean signed;
  private long sealed;

  /**
   * @param expected the fingerprint of the key that has to have signed it; null when none is known
   */
  SealCheck(@Nullable String expected, Consumer<String> problems) {
    this.expected = expected;
    this.problems = problems;
  }

  /** Whether it is the first line of a signed file. */
  boolean first(String line) {
    String base64 = AuditFile.keyOf(line);
    if (base64 == null) return false;
    signed = true;
    try {
      key = SigningKey.ofLine(base64);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      problems.accept("Line 1 names no key that could have signed this log: it was changed.");
    }
    return true;
  }

  boolean signed() {
    return signed;
  }

  /**
   * A seal has to stand after the entry that it seals.
   *
   * @param seq the entry before it
   * @param hash that entry's hash
   */
  void seal(String line, int number, long seq, String hash) {
    PublicKey by = key;
    if (by == null) {
      if (!signed) problems.accept("Line " + number + " is a seal in a log that is not signed.");
      return;
    }
    Optional<AuditSeal> read = AuditSeal.ofLine(line);
    if (read.isEmpty() || !read.get().isBy(by)) {
      problems.accept(
          "The seal in line " + number + " was changed, or made by somebody without the key.");
      return;
    }
    AuditSeal seal = read.get();
    if (seal.seq() != seq) {
      problems.accept(
          "The seal in line "
              + number
              + " is that of entry "
              + seal.seq()
              + " and follows entry "
              + seq
              + ": entries or seals were removed or moved.");
    } else if (!seal.hash().equals(hash)) {
      problems.accept(
          "Entries "
              + (sealed + 1)
              + " to "
              + seq
              + " are not those that the server signed at "
              + seal.at()
              + ": they were written anew since.");
    }
    sealed = Math.max(sealed, seal.seq());
  }

  /** Whether the last line says so many entries and this newest hash, by the key. */
  boolean closing(String line, long entries, String hash) {
    PublicKey by = key;
    if (by == null) return true; // told already
    if (line.equals(AuditFile.lastLine(entries, hash))) {
      problems.accept(
          "The closing line is not signed: whoever exported this saw that the log was changed.");
      return true;
    }
    Optional<AuditSeal> end = AuditSeal.ofClosingLine(line);
    return end.isPresent()
        && end.get().isEndingBy(by)
        && end.get().seq() == entries
        && end.get().hash().equals(hash);
  }

  void end() {
    if (expected == null) return;
    if (!signed) {
      problems.accept("This log is not signed, but a key was asked for.");
    } else if (!expected.equals(fingerprint())) {
      problems.accept("Another key has signed this log: " + fingerprint() + ".");
    }
  }

  /** Of the key; null when it is not signed. */
  @Nullable String fingerprint() {
    return key == null ? null : SigningKey.fingerprint(key);
  }
}
