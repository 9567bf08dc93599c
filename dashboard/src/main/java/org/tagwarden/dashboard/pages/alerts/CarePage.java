package org.tagwarden.dashboard.pages.alerts;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.FindingCare;
import org.tagwarden.collector.site.Site;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** Acknowledging and muting on a finding's page, which shows how it stands. */
public final class CarePage implements Page {
  private static final String FINDING = "/sites/:site/findings/:finding";

  private final FindingCare care;

  public CarePage(Collector collector) {
    this.care = collector.alerts().care();
  }

  @Override
  public void mount(SiteMap map) {
    map.site(HttpMethod.POST, FINDING + "/acknowledge", Role.REQUESTER, this::acknowledge);
    map.site(HttpMethod.POST, FINDING + "/mute", Role.APPROVER, this::mute);
    map.site(HttpMethod.POST, FINDING + "/unmute", Role.APPROVER, this::unmute);
  }

  private Future<Reply> acknowledge(Request request, Site site) {
    return care.acknowledge(request.principal(), site.id(), request.id("finding"))
        .map(done -> Reply.done(here(request, site), "It is noted that you take care of it."));
  }

  private Future<Reply> mute(Request request, Site site) {
    return Attempt.orAgain(
        Attempt.of(
                () ->
                    care.mute(
                        request.principal(),
                        site.id(),
                        request.id("finding"),
                        request.text("reason"),
                        endOf(request.text("until"))))
            .map(done -> Reply.done(here(request, site), "Nothing is sent about it until then.")),
        refusal -> Future.succeededFuture(Reply.failed(here(request, site), refusal.sentence())));
  }

  private static Instant endOf(String day) {
    try {
      return LocalDate.parse(day).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw Refusal.invalid("until", "Choose the last day of the mute.");
    }
  }

  private Future<Reply> unmute(Request request, Site site) {
    return care.unmute(request.principal(), site.id(), request.id("finding"))
        .map(
            done ->
                Reply.done(
                    here(request, site), "The mute is over; the people of the rules are told."));
  }

  private static String here(Request request, Site site) {
    return "/sites/" + site.id() + "/findings/" + request.id("finding");
  }
}
