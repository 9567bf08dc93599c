package org.tagwarden.collector.access;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Walks the lines of an exported audit log, each once, and names what does not fit. */
final class AuditCheck {
  /** The database writes the time first and the number second. */
  private static final Pattern NUMBER = Pattern.compile("^\\{\"at\": \"[^\"]*\", \"seq\": (\\d+),");

  private static final int MOST_PROBLEMS = 1_000;
  private static final int LARGEST_GAP = 10_000;

  private final @Nullable String kept;
  private final SealCheck seals;
  private final List<String> problems = new ArrayList<>();
  private final Set<Long> missing = new TreeSet<>();
  private int lineNumber;
  private long entries;
  private long highest;
  private long latest;
  private String stored = AuditFile.NO_HASH;
  private String computed = AuditFile.NO_HASH;
  private boolean linked = true;
  private boolean closed;
  private boolean keptFound;

  AuditCheck(@Nullable String kept, @Nullable String expectedKey) {
    this.kept = kept;
    this.seals = new SealCheck(expectedKey, this::problem);
  }

  void line(byte[] line) {
    lineNumber++;
    if (closed) {
      problem("Line " + lineNumber + " follows the closing line.");
    } else if (lineNumber == 1) {
      if (!seals.first(text(line)) && !text(line).equals(AuditFile.FIRST_LINE)) {
        problem("Line 1 does not say that this is an audit log of Tagwarden, as it has to.");
      }
    } else if (text(line).startsWith("{\"seal\":")) {
      seals.seal(text(line), lineNumber, highest, stored);
    } else if (text(line).startsWith("{\"entries\":")) {
      close(text(line));
    } else {
      entry(line);
    }
  }

  private void close(String line) {
    closed = true;
    boolean fits =
        seals.signed()
            ? seals.closing(line, highest, stored)
            : line.equals(AuditFile.lastLine(highest, stored));
    if (!fits) {
      problem(
          "The closing line does not fit: it says another number of entries or another newest"
              + " hash, or is not signed by the key. Entries are missing at the end, or it was"
              + " changed.");
    }
  }

  private void entry(byte[] line) {
    AuditFile.Chained entry = AuditFile.entry(line);
    Matcher number = entry == null ? null : NUMBER.matcher(text(entry.text()));
    if (entry == null || number == null || !number.find()) {
      problem("Line " + lineNumber + " is no entry of the audit log: it was changed.");
      linked = false;
      return;
    }
    entries++;
    long seq = number(number.group(1));
    if (seq <= highest) {
      moved(seq);
    } else {
      if (seq == highest + 1) check(seq, entry);
      else skipped(seq);
      follow(seq, entry);
    }
    latest = seq;
    if (entry.hash().equals(kept)) keptFound = true;
  }

  /** The hash before may itself have been changed: the one that was computed does as well. */
  private void check(long seq, AuditFile.Chained entry) {
    boolean fits =
        !linked
            || entry.hash().equals(entry.hashAfter(stored))
            || entry.hash().equals(entry.hashAfter(computed));
    if (!fits) {
      problem("Entry " + seq + " (line " + lineNumber + ") was changed: its hash does not fit it.");
    }
  }

  private void skipped(long seq) {
    if (seq - highest > LARGEST_GAP) {
      problem("Entries " + (highest + 1) + " to " + (seq - 1) + " are missing.");
      return;
    }
    for (long gone = highest + 1; gone < seq; gone++) missing.add(gone);
  }

  private void moved(long seq) {
    missing.remove(seq);
    problem(
        "Entry "
            + seq
            + " (line "
            + lineNumber
            + ") follows entry "
            + latest
            + ": it was moved or is there twice.");
  }

  private void follow(long seq, AuditFile.Chained entry) {
    computed = linked ? entry.hashAfter(stored) : entry.hash();
    stored = entry.hash();
    linked = true;
    highest = seq;
  }

  AuditVerdict end(boolean unfinished) {
    if (unfinished) problem("The last line does not end: the file was cut off or changed.");
    else if (!closed) problem("The closing line is missing: the file was cut off.");
    for (long gone : missing) problem("Entry " + gone + " is missing.");
    if (kept != null && !keptFound) {
      problem("No entry has the hash that was kept aside: this is another log, or a shorter one.");
    }
    seals.end();
    return new AuditVerdict(entries, stored, seals.fingerprint(), problems);
  }

  private void problem(String sentence) {
    if (problems.size() < MOST_PROBLEMS) problems.add(sentence);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static long number(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE - 1 : Long.parseLong(digits);
  }
}
