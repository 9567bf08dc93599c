package org.tagwarden.dashboard.pages.tag;

import java.util.List;
import java.util.UUID;
import org.tagwarden.collector.intake.RecognisedVisit;
import org.tagwarden.dashboard.evidence.Deeds;
import org.tagwarden.dashboard.evidence.Doer;
import org.tagwarden.dashboard.evidence.Kept;
import org.tagwarden.dashboard.evidence.VisitEvidence;
import org.tagwarden.report.ConsentState;

/**
 * What a tag did on one visit, beside its requests. Pure.
 *
 * @param answer what the visitor answered on that visit
 * @param chosen whether a banner was answered
 * @param storage what it wrote to the browser's storage, cookies aside
 */
public record TagDeeds(
    UUID visit,
    String answer,
    boolean chosen,
    List<Deeds> deeds,
    List<Kept> storage,
    List<VisitEvidence.Alias> aliases) {

  static TagDeeds of(RecognisedVisit recognised, String tagKey) {
    VisitEvidence all =
        VisitEvidence.of(recognised.visit(), recognised.recognition(), sha256 -> null);
    ConsentState consent = recognised.visit().consent();
    return new TagDeeds(
        recognised.visit().visitId(),
        VisitEvidence.words(consent),
        all.chosen(),
        all.deeds().stream().filter(deeds -> isOf(deeds.by(), tagKey)).toList(),
        all.kept().stream()
            .filter(kept -> isOf(kept.by(), tagKey) && !kept.kind().equals("Cookie"))
            .toList(),
        all.aliases().stream()
            .filter(alias -> alias.tag() != null && isOf(alias.tag(), tagKey))
            .toList());
  }

  private static boolean isOf(Doer doer, String tagKey) {
    return tagKey.equals(doer.tagKey());
  }
}
