package org.tagwarden.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What somebody could do to an exported log, and what the check says then. */
class AuditFileTest {
  private static final int ENTRIES = 8;

  @Test
  void a_log_that_nobody_touched_is_intact() throws IOException {
    AuditVerdict verdict = verify(lines());
    assertThat(verdict.problems()).isEmpty();
    assertThat(verdict.entries()).isEqualTo(ENTRIES);
    assertThat(lines().get(ENTRIES)).contains(verdict.hash());
  }

  @Test
  void an_empty_log_is_intact() throws IOException {
    List<String> lines = List.of(AuditFile.FIRST_LINE, AuditFile.lastLine(0, AuditFile.NO_HASH));
    assertThat(verify(lines).problems()).isEmpty();
  }

  @Test
  void every_single_flipped_bit_is_found() throws IOException {
    byte[] file = bytes(lines());
    for (int place = 0; place < file.length; place++) {
      byte[] flipped = file.clone();
      flipped[place] ^= (byte) (1 << (place % 8));
      assertThat(verify(flipped, null).intact()).as("byte %d", place).isFalse();
    }
  }

  @Test
  void a_changed_word_names_its_entry_and_no_other() throws IOException {
    List<String> lines = lines();
    lines.set(3, lines.get(3).replace("Ann", "Bob"));
    assertThat(verify(lines).problems())
        .containsExactly("Entry 3 (line 4) was changed: its hash does not fit it.");
  }

  @Test
  void a_changed_hash_names_its_entry_and_no_other() throws IOException {
    List<String> lines = lines();
    String line = lines.get(3);
    char digit = line.charAt(line.length() - 10);
    String other = line.substring(0, line.length() - 10) + (digit == '0' ? '1' : '0');
    lines.set(3, other + line.substring(line.length() - 9));
    assertThat(verify(lines).problems())
        .containsExactly("Entry 3 (line 4) was changed: its hash does not fit it.");
  }

  @Test
  void a_removed_entry_is_named() throws IOException {
    List<String> lines = lines();
    lines.remove(5);
    assertThat(verify(lines).problems()).containsExactly("Entry 5 is missing.");
  }

  @Test
  void the_first_entry_can_not_go_unseen_either() throws IOException {
    List<String> lines = lines();
    lines.remove(1);
    assertThat(verify(lines).problems()).containsExactly("Entry 1 is missing.");
  }

  @Test
  void two_entries_that_changed_places_are_named() throws IOException {
    List<String> lines = lines();
    Collections.swap(lines, 4, 5);
    assertThat(verify(lines).problems())
        .containsExactly("Entry 4 (line 6) follows entry 5: it was moved or is there twice.");
  }

  @Test
  void an_entry_that_is_there_twice_is_named() throws IOException {
    List<String> lines = lines();
    lines.add(5, lines.get(4));
    assertThat(verify(lines).problems())
        .containsExactly("Entry 4 (line 6) follows entry 4: it was moved or is there twice.");
  }

  @Test
  void an_entry_that_was_made_up_does_not_fit() throws IOException {
    List<String> lines = lines();
    String text = text(4).replace("site 4", "site 44");
    lines.set(4, AuditFile.line(text, hash(text, AuditFile.NO_HASH)));
    // Nor does the next one fit to it.
    assertThat(verify(lines).problems())
        .containsExactly(
            "Entry 4 (line 5) was changed: its hash does not fit it.",
            "Entry 5 (line 6) was changed: its hash does not fit it.");
  }

  @Test
  void a_file_that_was_cut_off_is_found() throws IOException {
    List<String> lines = lines();
    assertThat(verify(lines.subList(0, lines.size() - 1)).problems())
        .containsExactly("The closing line is missing: the file was cut off.");
    lines.remove(ENTRIES);
    assertThat(verify(lines).problems()).singleElement().asString().contains("closing line");
  }

  @Test
  void newest_entries_that_went_are_proven_by_a_hash_that_was_kept_aside() throws IOException {
    AuditVerdict whole = verify(lines());
    List<String> shorter = new ArrayList<>(lines().subList(0, ENTRIES - 1));
    AuditFile.Chained last =
        AuditFile.entry(shorter.get(ENTRIES - 2).getBytes(StandardCharsets.UTF_8));
    shorter.add(AuditFile.lastLine(ENTRIES - 2, last.hash()));
    assertThat(verify(shorter).intact()).isTrue();
    assertThat(verify(bytes(shorter), whole.hash()).problems())
        .singleElement()
        .asString()
        .contains("kept aside");
    assertThat(verify(bytes(lines()), last.hash()).intact()).isTrue();
  }

  private static List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(AuditFile.FIRST_LINE));
    String hash = AuditFile.NO_HASH;
    for (int seq = 1; seq <= ENTRIES; seq++) {
      hash = hash(text(seq), hash);
      lines.add(AuditFile.line(text(seq), hash));
    }
    lines.add(AuditFile.lastLine(ENTRIES, hash));
    return lines;
  }

  /** As the database writes it. */
  private static String text(int seq) {
    return "{\"at\": \"2026-03-02T08:00:00.000000Z\", \"seq\": "
        + seq
        + ", \"who\": \"Ann\", \"action\": \"change site\", \"subject\": \"site "
        + seq
        + " – Müller\"}";
  }

  private static String hash(String text, String previous) {
    return new AuditFile.Chained(text.getBytes(StandardCharsets.UTF_8), AuditFile.NO_HASH)
        .hashAfter(previous);
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static AuditVerdict verify(List<String> lines) throws IOException {
    return verify(bytes(lines), null);
  }

  private static AuditVerdict verify(byte[] bytes, @Nullable String kept) throws IOException {
    return AuditFile.verify(new ByteArrayInputStream(bytes), kept, null);
  }
}
