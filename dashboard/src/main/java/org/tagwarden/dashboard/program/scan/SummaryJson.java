package org.tagwarden.dashboard.program.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.report.Problem;
import org.tagwarden.report.ScannerIdentity;

/** The same summary for programs. Fields are added, never renamed. */
public final class SummaryJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private SummaryJson() {}

  private record Page(String url, String finalUrl, String outcome, int requests, int thirdParty) {}

  private record Whole(
      ScannerIdentity scanner,
      List<Page> pages,
      List<SeenTag> tags,
      List<SeenFinding> findings,
      @Nullable Severity worst,
      List<Problem> problems,
      Map<String, String> files) {}

  /**
   * One JSON document.
   *
   * @param files the written files by kind: report, html, har
   */
  public static String of(Judgement judgement, Map<String, String> files) {
    List<Page> pages =
        judgement.visits().stream()
            .map(
                judged ->
                    new Page(
                        judged.visit().page(),
                        judged.visit().finalUrl(),
                        judged.visit().outcome().name(),
                        judged.visit().requests().size(),
                        judged.recognition().tagKeyByRequest().size()))
            .toList();
    try {
      return JSON.writeValueAsString(
          new Whole(
              judgement.report().scanner(),
              pages,
              judgement.tags(),
              judgement.findings(),
              judgement.worst(),
              judgement.problems(),
              files));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("The summary could not be written as JSON", e);
    }
  }
}
