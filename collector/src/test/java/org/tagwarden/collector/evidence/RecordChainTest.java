package org.tagwarden.collector.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A JSON sheet of five records, and what somebody may do to them. */
class RecordChainTest {
  private static List<String> sheet() {
    RecordChain chain = new RecordChain();
    List<String> lines = new ArrayList<>(List.of("["));
    for (int run = 1; run <= 5; run++) {
      String record = chain.next(new Line().put("run", run).put("result", "DONE"));
      lines.add(run < 5 ? record + "," : record);
    }
    lines.add("]");
    return lines;
  }

  private static String where(List<String> lines) {
    RecordChain.Check check = new RecordChain.Check();
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(UTF_8);
    check.take(bytes, bytes.length);
    return check.where();
  }

  @Test
  void a_record_that_was_changed_is_named_wherever_it_stands() {
    for (int line = 1; line < 5; line++) {
      List<String> lines = sheet();
      lines.set(line, lines.get(line).replace("DONE", "GONE"));
      assertThat(where(lines))
          .isEqualTo(
              "the record in line " + (line + 1) + ", or one that stood or stands behind it");
    }
    List<String> lines = sheet();
    lines.set(5, lines.get(5).replace("DONE", "GONE"));
    assertThat(where(lines)).isEqualTo("the last record, in line 6");
  }

  @Test
  void a_hash_that_was_changed_names_its_own_record() {
    for (int line = 1; line < 5; line++) {
      List<String> lines = sheet();
      char first = lines.get(line).charAt(13);
      String other = first == 'a' ? "b" : "a";
      lines.set(line, lines.get(line).substring(0, 13) + other + lines.get(line).substring(14));
      assertThat(where(lines)).isEqualTo("the record in line " + (line + 1));
    }
  }

  @Test
  void a_record_that_was_taken_out_or_put_in_is_found_by_its_neighbour() {
    List<String> less = sheet();
    less.remove(3);
    assertThat(where(less)).startsWith("the record in line 3, or one that stood or stands behind");
    List<String> more = sheet();
    more.add(3, more.get(3));
    assertThat(where(more)).startsWith("the record in line 4");
    List<String> first = sheet();
    first.remove(1);
    assertThat(where(first)).isEqualTo("the record in line 2");
  }

  @Test
  void what_holds_no_chained_records_says_nothing() {
    assertThat(where(List.of("[", "{\"run\":1}", "]"))).isEmpty();
    assertThat(where(List.of("run,state", "1,DONE"))).isEmpty();
  }
}
