package org.tagwarden.agent.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.Observer;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.ScanReport;

/** What a contender wrote down of one visit, as far as it is compared. */
public record RecordedVisit(String url, double wallMs, List<Request> requests) {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * A request.
   *
   * @param known whether the record says who started it
   * @param initiator URL of the script or document that did
   * @param sha256 of its body, if the contender hashed it
   */
  public record Request(
      String method,
      String url,
      boolean known,
      @Nullable String initiator,
      @Nullable String sha256) {}

  /** Reads a scan report of ours, or a record of the puppeteer script. */
  static RecordedVisit read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (!file.toString().endsWith(".zst")) return JSON.readValue(bytes, RecordedVisit.class);
    ScanReport report =
        ReportCodec.readReport(Zstd.decompress(bytes, (int) Zstd.getFrameContentSize(bytes)));
    return of(report.visits().get(0));
  }

  /** What our report says that went over the wire. */
  public static RecordedVisit of(PageVisit visit) {
    return new RecordedVisit(
        visit.page(),
        visit.durationMs(),
        visit.requests().stream()
            .filter(request -> request.seenBy().contains(Observer.PROXY))
            .map(RecordedVisit::request)
            .toList());
  }

  private static Request request(CapturedRequest request) {
    return new Request(
        request.method(),
        request.url(),
        request.initiator().kind() != Initiator.Kind.UNKNOWN,
        request.initiator().url(),
        request.bodySha256());
  }
}
