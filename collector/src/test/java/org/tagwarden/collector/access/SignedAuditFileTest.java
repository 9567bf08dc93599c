package org.tagwarden.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody without the key could do to a signed log, and what the check says then. */
class SignedAuditFileTest {
  private static final int ENTRIES = 6;
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

  @TempDir Path folder;
  private SigningKey key;

  @BeforeEach
  void start() throws IOException {
    key = SigningKey.in(folder.resolve("key"));
  }

  @Test
  void a_log_that_nobody_touched_is_intact_and_says_by_which_key() throws IOException {
    AuditVerdict verdict = verify(file(key, "", ENTRIES), key.fingerprint());
    assertThat(verdict.problems()).isEmpty();
    assertThat(verdict.entries()).isEqualTo(ENTRIES);
    assertThat(verdict.key()).isEqualTo(key.fingerprint());
  }

  /** Entries' bytes are flipped in AuditFileTest. */
  @Test
  void every_single_flipped_bit_of_what_is_signed_is_found() throws IOException {
    List<String> lines = file(key, "", 3);
    byte[] file = bytes(lines);
    List<Integer> places = new ArrayList<>();
    int start = 0;
    for (String line : lines) {
      for (int i = 0; i <= line.length() && !line.startsWith("{\"entry\""); i++) {
        places.add(start + i);
      }
      start += line.length() + 1;
    }
    assertThat(places).hasSizeGreaterThan(500);
    for (int place : places) {
      byte[] flipped = file.clone();
      flipped[place] ^= (byte) (1 << (place % 8));
      AuditVerdict verdict = AuditFile.verify(new ByteArrayInputStream(flipped), null, null);
      assertThat(verdict.intact()).as("byte %d", place).isFalse();
    }
  }

  @Test
  void entries_cut_off_at_the_end_are_missed_although_the_last_line_was_made_to_fit()
      throws IOException {
    List<String> cut = file(key, "", ENTRIES);
    String last = cut.get(cut.size() - 1);
    cut.subList(cut.size() - 2, cut.size()).clear();
    String hash = hashes("").get(ENTRIES - 2);
    cut.add(AuditFile.lastLine(ENTRIES - 1, hash));
    assertThat(verify(cut, null).problems()).singleElement().asString().contains("is not signed");
    cut.set(cut.size() - 1, last);
    assertThat(verify(cut, null).problems())
        .singleElement()
        .asString()
        .contains("Entries are missing at the end");
    // The seal of an entry in the middle is no last line.
    AuditSeal seal = AuditSeal.of(key, ENTRIES - 1, hash, NOW);
    cut.set(cut.size() - 1, seal.closingLine());
    assertThat(verify(cut, null).intact()).isFalse();
  }

  @Test
  void what_was_written_anew_with_hashes_that_fit_is_not_what_was_signed() throws IOException {
    List<String> forged = new ArrayList<>();
    List<String> real = file(key, "", ENTRIES);
    List<String> written = file(key, "forged ", ENTRIES);
    for (int i = 0; i < real.size(); i++) {
      forged.add(real.get(i).startsWith("{\"entry\"") ? written.get(i) : real.get(i));
    }
    assertThat(verify(forged, null).problems())
        .contains(
            "Entries 1 to 2 are not those that the server signed at 2026-03-02T08:00:00Z: they were"
                + " written anew since.",
            "Entries 3 to 4 are not those that the server signed at 2026-03-02T08:00:00Z: they were"
                + " written anew since.")
        .anyMatch(problem -> problem.startsWith("The closing line does not fit"));
  }

  @Test
  void a_seal_that_was_moved_or_made_without_the_key_is_named() throws IOException {
    List<String> moved = file(key, "", ENTRIES);
    moved.add(2, moved.remove(3));
    assertThat(verify(moved, null).problems())
        .singleElement()
        .asString()
        .contains("is that of entry 2 and follows entry 1");
    SigningKey other = SigningKey.in(folder.resolve("other"));
    List<String> foreign = file(key, "", ENTRIES);
    foreign.set(3, file(other, "", ENTRIES).get(3));
    assertThat(verify(foreign, null).problems())
        .containsExactly("The seal in line 4 was changed, or made by somebody without the key.");
  }

  @Test
  void a_log_that_somebody_signed_anew_has_another_key() throws IOException {
    SigningKey other = SigningKey.in(folder.resolve("other"));
    List<String> forged = file(other, "forged ", ENTRIES);
    assertThat(verify(forged, null).intact()).isTrue();
    assertThat(verify(forged, key.fingerprint()).problems())
        .containsExactly("Another key has signed this log: " + other.fingerprint() + ".");
    List<String> unsigned = file(key, "", ENTRIES);
    unsigned.removeIf(line -> line.startsWith("{\"seal\""));
    unsigned.set(0, AuditFile.FIRST_LINE);
    unsigned.set(unsigned.size() - 1, AuditFile.lastLine(ENTRIES, hashes("").get(ENTRIES - 1)));
    assertThat(verify(unsigned, key.fingerprint()).problems())
        .containsExactly("This log is not signed, but a key was asked for.");
  }

  /** With a seal after every second entry. */
  private static List<String> file(SigningKey by, String mark, int entries) {
    List<String> lines = new ArrayList<>(List.of(AuditFile.firstLine(by)));
    List<String> hashes = hashes(mark);
    for (int seq = 1; seq <= entries; seq++) {
      String hash = hashes.get(seq - 1);
      lines.add(AuditFile.line(text(seq, mark), hash));
      if (seq % 2 == 0 && seq < entries) lines.add(AuditSeal.of(by, seq, hash, NOW).line());
    }
    lines.add(AuditSeal.ending(by, entries, hashes.get(entries - 1), NOW).closingLine());
    return lines;
  }

  private static List<String> hashes(String mark) {
    List<String> hashes = new ArrayList<>();
    String hash = AuditFile.NO_HASH;
    for (int seq = 1; seq <= ENTRIES; seq++) {
      byte[] text = text(seq, mark).getBytes(StandardCharsets.UTF_8);
      hash = new AuditFile.Chained(text, AuditFile.NO_HASH).hashAfter(hash);
      hashes.add(hash);
    }
    return hashes;
  }

  private static String text(int seq, String mark) {
    return "{\"at\": \"2026-03-02T08:00:00.000000Z\", \"seq\": "
        + seq
        + ", \"subject\": \""
        + mark
        + "site\"}";
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static AuditVerdict verify(List<String> lines, @Nullable String fingerprint)
      throws IOException {
    return AuditFile.verify(new ByteArrayInputStream(bytes(lines)), null, fingerprint);
  }
}
