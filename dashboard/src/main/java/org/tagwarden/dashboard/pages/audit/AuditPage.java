package org.tagwarden.dashboard.pages.audit;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.access.AuditDownloads;
import org.tagwarden.collector.access.AuditFilter;
import org.tagwarden.collector.access.AuditLine;
import org.tagwarden.collector.access.AuditSeals;
import org.tagwarden.collector.access.AuditTrail;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.site.Client;
import org.tagwarden.collector.site.Clients;
import org.tagwarden.dashboard.view.Display;
import org.tagwarden.dashboard.web.MenuEntry;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** Who changed what, for administrators and auditors: by person, client and time. */
public final class AuditPage implements Page {
  private static final int ENTRIES = 50;
  private static final int HASH_SHOWN = 12;

  private final AuditTrail trail;
  private final AuditSeals seals;
  private final AuditDownloads downloads;
  private final Clients clients;

  public AuditPage(Collector collector) {
    this.trail = collector.access().auditTrail();
    this.seals = collector.access().auditSeals();
    this.downloads = collector.access().auditDownloads();
    this.clients = collector.clients();
  }

  @Override
  public MenuEntry menu() {
    return new MenuEntry("Audit", "/audit", Role.AUDITOR);
  }

  @Override
  public void mount(SiteMap map) {
    map.person(HttpMethod.GET, "/audit", Role.AUDITOR, this::show);
    map.person(HttpMethod.GET, "/audit/log", Role.AUDITOR, this::download);
  }

  private Future<Reply> download(Request request) {
    return downloads.make(request.principal()).map(log -> new Reply.Stream(log::send));
  }

  private Future<Reply> show(Request request) {
    Map<String, String> problems = new LinkedHashMap<>();
    AuditFilter filter = filter(request, problems);
    return trail
        .list(request.principal(), filter, ENTRIES + 1)
        .compose(
            lines ->
                trail
                    .doers(request.principal())
                    .compose(
                        doers ->
                            clients
                                .list(request.principal())
                                .map(known -> view(request, lines, doers, known, problems))))
        .map(view -> Reply.page("audit/page", view));
  }

  private static AuditFilter filter(Request request, Map<String, String> problems) {
    String who = request.text("who");
    int client = request.number("client", 1, Integer.MAX_VALUE, 0);
    int below = request.number("below", 1, Integer.MAX_VALUE, 0);
    LocalDate until = day(request, "until", problems);
    LocalDate from = day(request, "from", problems);
    return new AuditFilter(
        who.isEmpty() ? null : who,
        client == 0 ? null : client,
        from == null ? null : startOf(from),
        until == null ? null : startOf(until.plusDays(1)),
        below == 0 ? null : (long) below);
  }

  /** Days are UTC days, as everywhere. */
  private static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static @Nullable LocalDate day(
      Request request, String field, Map<String, String> problems) {
    String text = request.text(field);
    try {
      return text.isEmpty() ? null : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      problems.put(field, "Write a day like 2026-03-01.");
      return null;
    }
  }

  private AuditView view(
      Request request,
      List<AuditLine> lines,
      List<String> doers,
      List<Client> known,
      Map<String, String> problems) {
    Map<String, String> people = new LinkedHashMap<>();
    people.put("", "Everybody");
    for (String name : doers) people.put(name, name);
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("", "All clients");
    for (Client client : known) choices.put(String.valueOf(client.id()), client.name());
    List<AuditLine> shown = lines.size() > ENTRIES ? lines.subList(0, ENTRIES) : lines;
    return new AuditView(
        shown.stream().map(AuditPage::entry).toList(),
        people,
        choices,
        request.text("who"),
        request.text("client"),
        request.text("from"),
        request.text("until"),
        lines.size() > ENTRIES ? older(request, shown.get(ENTRIES - 1).seq()) : "",
        seals.state(),
        seals.fingerprint(),
        request.principal().mayEverywhere(Role.AUDITOR),
        problems);
  }

  private static AuditView.Entry entry(AuditLine line) {
    String client = line.client();
    return new AuditView.Entry(
        line.seq(),
        line.at(),
        line.who(),
        from(line),
        client == null ? "" : client,
        line.action(),
        line.subject(),
        AuditChanges.of(line),
        line.hash().substring(0, HASH_SHOWN));
  }

  private static String from(AuditLine line) {
    // A one-time link, or the door itself: there is no session yet.
    String known = line.way().equals("link") ? "No session" : Display.words(line.way());
    String way = line.token() == null ? known : "Token " + line.token();
    return line.address() == null ? way : way + ", " + line.address();
  }

  private static String older(Request request, long below) {
    StringBuilder path = new StringBuilder("/audit?below=").append(below);
    for (String field : List.of("who", "client", "from", "until")) {
      String value = request.text(field);
      if (value.isEmpty()) continue;
      path.append('&')
          .append(field)
          .append('=')
          .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
    return path.toString();
  }
}
