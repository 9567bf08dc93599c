package org.tagwarden.collector.intake;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.changes.VisitTraitList;
import org.tagwarden.collector.changes.text.ScriptText;
import org.tagwarden.collector.checks.Examination;
import org.tagwarden.collector.vendors.Recognition;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.VisitOutcome;

/**
 * A visit, ready to be stored: everything that costs CPU is done.
 *
 * @param page the page's URL without fragment
 * @param requests what was asked from hosts, in order; what the browser made itself is left out
 * @param blob the visit as it arrived, compressed
 * @param images its screenshots, checked
 * @param decisionsVersion which decisions the examination was made with
 */
record PreparedVisit(
    PageVisit visit,
    String page,
    Recognition recognition,
    List<Request> requests,
    List<Script> scripts,
    Buffer blob,
    List<VisitImages.Image> images,
    Examination examination,
    Changes changes,
    int decisionsVersion) {
  /**
   * @param url normalised, see {@link ResourceUrl}
   * @param tagKey null for a first-party request
   */
  record Request(CapturedRequest captured, String url, String host, @Nullable String tagKey) {}

  /**
   * A version of a script, once per hash.
   *
   * @param url normalised; null for scripts without a request of their own
   * @param body compressed; null when the server has it or the scanner did not send it
   */
  record Script(
      String sha256,
      long length,
      String kind,
      @Nullable String url,
      @Nullable String tagKey,
      @Nullable Buffer body) {}

  /**
   * What it shows that can change.
   *
   * @param readTexts of scripts that were read for the first time, by SHA-256
   * @param approved whether the tag with that key is approved
   */
  record Changes(
      VisitTraitList seen, Map<String, ScriptText> readTexts, Predicate<String> approved) {
    Changes {
      readTexts = Map.copyOf(readTexts);
    }
  }

  PreparedVisit {
    requests = List.copyOf(requests);
    scripts = List.copyOf(scripts);
    images = List.copyOf(images);
  }

  /** Whether the visit says something about its site. */
  boolean judged() {
    return isResult(visit);
  }

  static boolean isResult(PageVisit visit) {
    return visit.outcome() == VisitOutcome.COMPLETE || visit.outcome() == VisitOutcome.CUT_SHORT;
  }
}
