package org.tagwarden.collector.evidence;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.Blobs;
import org.tagwarden.collector.intake.ResourceUrl;
import org.tagwarden.collector.vendors.SiteScope;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.CapturedScript;
import org.tagwarden.report.Frame;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.InitiatorChain;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ReportCodec;

/**
 * Who started each script of a payment page, in which frame: from the newest report of each way in
 * which the page is visited, while reports are kept.
 */
final class PaymentTraces {
  private static final String STEP = " ← ";
  private static final List<String> WHOSE =
      List.of("tag_key", "vendor", "product", "category", "load_method", "loader_key", "loader");

  /**
   * What is told of one script.
   *
   * @param source the address of what inserted it, or of the frame it stands in; "" for one with an
   *     address of its own
   */
  private record Trace(String frame, String chain, String source) {}

  private final Map<String, Trace> traces = new HashMap<>();
  private final Map<String, Line> tags = new HashMap<>();

  private PaymentTraces() {}

  static PaymentTraces of(Snapshot snapshot) throws IOException {
    PaymentTraces traces = new PaymentTraces();
    snapshot.each(ScriptQueries.PAYMENT_TAGS, line -> traces.tags.put(line.text("url"), line));
    snapshot.rows(
        ScriptQueries.PAYMENT_REPORTS,
        row -> {
          Buffer report = row.getBuffer("report");
          for (PageVisit visit : ReportCodec.readReport(Blobs.unpack(report)).visits()) {
            traces.read(row.getString("page"), visit);
          }
        });
    return traces;
  }

  private void read(String page, PageVisit visit) {
    InitiatorChain chains = new InitiatorChain(visit);
    Map<String, String> frames = new HashMap<>();
    for (Frame frame : visit.frames()) {
      frames.put(frame.id(), frame.parentId() == null ? "the page" : frame.url());
    }
    for (CapturedRequest request : visit.requests()) {
      String key = key(page, ResourceUrl.normalise(request.url()));
      traces.putIfAbsent(
          key, new Trace(frame(frames, request.frameId()), chain(request, chains.of(request)), ""));
    }
    for (CapturedScript script : visit.scripts()) {
      if (script.requestId() != null) continue;
      String frame = frame(frames, script.frameId());
      String creator = script.createdBy();
      String place = script.url() + (script.line() > 0 ? ", line " + script.line() : "");
      boolean elsewhere = creator != null && !creator.equals(script.url());
      traces.putIfAbsent(
          key(page, script.sha256()),
          new Trace(
              frame,
              elsewhere ? creator + STEP + place : place,
              creator == null ? script.url() : creator));
    }
  }

  private static String frame(Map<String, String> frames, @Nullable String id) {
    return id == null ? "" : Objects.requireNonNullElse(frames.get(id), "");
  }

  /** The nearest first; of a script also the line. */
  private static String chain(CapturedRequest request, List<CapturedRequest> chain) {
    List<String> steps = new ArrayList<>();
    Initiator by = request.initiator();
    for (CapturedRequest step : chain) {
      boolean line = by.line() > 0 && step.url().equals(by.url());
      steps.add(step.url() + (line ? ", line " + by.line() : ""));
      by = step.initiator();
    }
    return String.join(STEP, steps);
  }

  private static String key(String page, String script) {
    return page + "\n" + script;
  }

  /**
   * Adds what is known of this line's script; null where no kept report shows it. One without an
   * address is its inserter's, or that of the frame in which it stands.
   */
  void tell(Line line, SiteScope own) {
    String script = line.has("script") ? line.text("script") : line.text("sha256");
    Trace trace = traces.get(key(line.text("page"), script));
    if (trace != null && !trace.source().isEmpty() && !line.has("tag_key")) {
      Line tag = tags.get(ResourceUrl.normalise(trace.source()));
      for (String column : WHOSE) if (tag != null) line.put(column, tag.values().get(column));
      if (tag == null) line.put("party", own.partyOf(trace.source()).name());
      else line.put("party", line.text("load_method").equals("PIGGYBACK") ? "FOURTH" : "THIRD");
    }
    line.put("frame", trace == null || trace.frame().isEmpty() ? null : trace.frame());
    line.put("initiator_chain", trace == null || trace.chain().isEmpty() ? null : trace.chain());
  }
}
