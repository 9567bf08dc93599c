package org.tagwarden.dashboard.program.demo;

import static org.tagwarden.dashboard.program.up.Server.await;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.access.OneTimeLinks;
import org.tagwarden.collector.access.Person;
import org.tagwarden.collector.access.PersonDraft;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.governance.DecisionOrder;
import org.tagwarden.collector.governance.DecisionState;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.schedule.ScheduleDraft;
import org.tagwarden.collector.site.Client;
import org.tagwarden.collector.site.Site;
import org.tagwarden.dashboard.program.ProgramFailure;
import org.tagwarden.report.ScanJob;

/**
 * Sets the demo's clients up, once; a second start finds them and only makes a new sign-in link.
 */
final class DemoClients {
  private static final Duration LINK_LIFE = Duration.ofDays(1);
  private static final String EMAIL = "demo@agency.example";
  private static final String DECIDED_BY = "Maren Holt (IT)";
  private static final String TIME_ZONE = "Europe/Berlin";
  private static final String WEEKLY = "0 3 * * 0";

  private final Collector collector;
  private final Principal principal = new Principal(null, "demo", Role.ADMIN, Map.of());

  DemoClients(Collector collector) {
    this.collector = collector;
  }

  DemoStart setUp() {
    Person person = person();
    boolean first = false;
    for (DemoSite site : DemoSite.ALL) first |= add(site);
    String token =
        await(
            collector.access().links().issue(OneTimeLinks.Purpose.SIGN_IN, person.id(), LINK_LIFE));
    return new DemoStart(collector.config().publicUrl() + "/link/" + token, first);
  }

  private Person person() {
    if (await(collector.access().people().empty()))
      return await(
          collector
              .access()
              .people()
              .createUnasked("demo", new PersonDraft(EMAIL, "Demo"), Role.ADMIN, null));
    Optional<Person> demo =
        await(collector.access().people().list(principal)).stream()
            .filter(person -> person.email().equals(EMAIL))
            .findFirst();
    return demo.orElseThrow(
        () ->
            ProgramFailure.usage(
                "This data folder holds an installation of yours: give the demo a folder of its"
                    + " own with --data DIR."));
  }

  /**
   * Answers whether the site was not set up yet. The last step marks it as set up: a start that was
   * cut off here is made good.
   */
  private boolean add(DemoSite demo) {
    Client client = client(demo);
    Site site = site(client, demo);
    if (await(collector.schedules().list(principal, site.id())).size() == 2) return false;
    demo.approved().forEach((tag, why) -> approve(site, tag, why));
    await(collector.scans().now(principal, site.id(), ScanJob.Kind.VISITS));
    await(collector.scans().now(principal, site.id(), ScanJob.Kind.LIGHTHOUSE));
    schedule(site, ScanJob.Kind.VISITS, demo.cron());
    schedule(site, ScanJob.Kind.LIGHTHOUSE, WEEKLY);
    return true;
  }

  private Client client(DemoSite demo) {
    for (Client known : await(collector.clients().list(principal)))
      if (known.name().equals(demo.client())) return known;
    return await(collector.clients().create(principal, demo.client()));
  }

  private Site site(Client client, DemoSite demo) {
    for (Site known : await(collector.sites().list(principal)))
      if (known.clientId() == client.id() && known.name().equals(demo.name())) return known;
    return await(collector.sites().create(principal, client.id(), demo.draft()));
  }

  private void schedule(Site site, ScanJob.Kind kind, String cron) {
    await(
        collector.schedules().save(principal, site.id(), kind, ScheduleDraft.of(cron, TIME_ZONE)));
  }

  private void approve(Site site, String tag, String why) {
    await(
        collector
            .decisions()
            .decide(
                new DecisionOrder(
                    site.id(),
                    DecisionSubject.tag(tag),
                    DecisionState.APPROVED,
                    why,
                    null,
                    DECIDED_BY)));
  }
}
