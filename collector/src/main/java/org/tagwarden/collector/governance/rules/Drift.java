package org.tagwarden.collector.governance.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Glob;
import org.tagwarden.report.ConsentState;

/**
 * One property in which a tag left its envelope.
 *
 * @param says what it does, without its name: "now contacts x.example"
 * @param allowed what its envelope says about the property
 * @param seen what was seen outside, a line each
 * @param names the hosts or cookies that are outside
 */
public record Drift(
    Property property, String says, String allowed, List<String> seen, List<String> names) {
  /** What an envelope limits; each is a finding of its own. */
  public enum Property {
    HOSTS,
    FOURTH_PARTIES,
    COOKIES,
    COOKIE_LIFETIME,
    CONSENT,
    PAGES,
    BYTES,
    REQUESTS,
    FORM_READING,
    FINGERPRINTING,
    STORAGE,
    DEVICE;

    /** For a finding's subject. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private static final int MOST_SEEN = 10;

  public Drift {
    seen = seen.stream().limit(MOST_SEEN).toList();
    names = List.copyOf(names);
  }

  private Drift(Property property, String says, String allowed, List<String> seen) {
    this(property, says, allowed, seen, List.of());
  }

  /**
   * Everything in which this activity left the envelope.
   *
   * @param news which fourth parties are told about here; not those that nobody approved, which are
   *     a finding of their own
   */
  public static List<Drift> of(
      Envelope envelope, Activity activity, Predicate<Activity.FourthParty> news) {
    List<Drift> drifts = new ArrayList<>();
    hosts(envelope, activity, drifts);
    fourthParties(envelope, activity, news, drifts);
    cookies(envelope, activity, drifts);
    consents(envelope, activity, drifts);
    pages(envelope, activity, drifts);
    sums(envelope, activity, drifts);
    behaviours(envelope, activity, drifts);
    return drifts;
  }

  private static void hosts(Envelope envelope, Activity activity, List<Drift> drifts) {
    List<String> outside =
        activity.hosts().keySet().stream().filter(host -> !envelope.allowsHost(host)).toList();
    if (outside.isEmpty()) return;
    drifts.add(
        new Drift(
            Property.HOSTS,
            "now contacts " + listed(outside),
            listed(envelope.hosts()),
            outside.stream().map(activity.hosts()::get).toList(),
            outside));
  }

  private static void fourthParties(
      Envelope envelope,
      Activity activity,
      Predicate<Activity.FourthParty> news,
      List<Drift> drifts) {
    List<Activity.FourthParty> outside =
        activity.fourthParties().keySet().stream()
            .filter(other -> !envelope.allowsFourthParty(other))
            .filter(news)
            .toList();
    if (outside.isEmpty()) return;
    drifts.add(
        new Drift(
            Property.FOURTH_PARTIES,
            "now brings in " + listed(outside.stream().map(Activity.FourthParty::product).toList()),
            listed(envelope.fourthParties()),
            outside.stream().map(activity.fourthParties()::get).toList(),
            outside.stream().map(Activity.FourthParty::host).toList()));
  }

  private static void cookies(Envelope envelope, Activity activity, List<Drift> drifts) {
    if (envelope.cookies() == null) return;
    List<String> fresh = new ArrayList<>();
    List<String> longer = new ArrayList<>();
    activity
        .cookies()
        .forEach(
            (name, life) -> {
              Duration allowed = allowed(envelope.cookies(), name);
              if (allowed == null) fresh.add(name);
              else if (life.compareTo(allowed) > 0) longer.add(name);
            });
    String allowed =
        envelope.cookies().entrySet().stream()
            .map(cookie -> cookie.getKey() + " (" + Lifetime.words(cookie.getValue()) + ")")
            .collect(Collectors.joining(", "));
    if (!fresh.isEmpty()) {
      drifts.add(
          new Drift(
              Property.COOKIES,
              "now sets the " + (fresh.size() == 1 ? "cookie " : "cookies ") + listed(fresh),
              allowed.isEmpty() ? "none" : allowed,
              lives(activity, fresh),
              fresh));
    }
    if (!longer.isEmpty()) {
      String name = longer.get(0);
      String life = Lifetime.words(activity.cookies().get(name));
      drifts.add(
          new Drift(
              Property.COOKIE_LIFETIME,
              "now keeps the cookie " + name + " for " + life,
              allowed,
              lives(activity, longer)));
    }
  }

  private static List<String> lives(Activity activity, List<String> names) {
    return names.stream()
        .map(name -> name + " for " + Lifetime.words(activity.cookies().get(name)))
        .toList();
  }

  private static @Nullable Duration allowed(Map<String, Duration> cookies, String name) {
    Duration longest = cookies.get(name);
    for (Map.Entry<String, Duration> cookie : cookies.entrySet()) {
      boolean longer = longest == null || cookie.getValue().compareTo(longest) > 0;
      if (longer && Glob.whole(cookie.getKey()).matches(name)) longest = cookie.getValue();
    }
    return longest;
  }

  private static void consents(Envelope envelope, Activity activity, List<Drift> drifts) {
    if (envelope.consents() == null) return;
    List<ConsentState> outside =
        activity.consents().keySet().stream()
            .filter(choice -> !envelope.consents().contains(choice))
            .toList();
    if (outside.isEmpty()) return;
    drifts.add(
        new Drift(
            Property.CONSENT,
            "now fires " + listed(outside.stream().map(Drift::words).toList()),
            listed(envelope.consents().stream().map(Drift::words).toList()),
            outside.stream().map(activity.consents()::get).toList()));
  }

  /** When it fires. */
  static String words(ConsentState choice) {
    return switch (choice) {
      case NONE -> "before any choice";
      case ACCEPT -> "after accept all";
      case REJECT -> "after reject all";
      case GPC -> "under Global Privacy Control";
    };
  }

  private static void pages(Envelope envelope, Activity activity, List<Drift> drifts) {
    if (envelope.allowsPage(activity.page())) return;
    String path = AddressPattern.pathOf(activity.page());
    drifts.add(
        new Drift(
            Property.PAGES,
            "now runs on " + path,
            listed(envelope.pages()),
            List.of(activity.page())));
  }

  private static void sums(Envelope envelope, Activity activity, List<Drift> drifts) {
    Long mostBytes = envelope.mostBytes();
    if (mostBytes != null && activity.bytes() > mostBytes) {
      drifts.add(
          new Drift(
              Property.BYTES,
              "now moves " + kilobytes(activity.bytes()) + " on a visit",
              kilobytes(mostBytes),
              List.of(activity.bytes() + " bytes on " + activity.page())));
    }
    Integer mostRequests = envelope.mostRequests();
    if (mostRequests != null && activity.requests() > mostRequests) {
      drifts.add(
          new Drift(
              Property.REQUESTS,
              "now sends " + activity.requests() + " requests on a visit",
              String.valueOf(mostRequests),
              List.of(activity.requests() + " requests on " + activity.page())));
    }
  }

  private static void behaviours(Envelope envelope, Activity activity, List<Drift> drifts) {
    if (envelope.behaviours() == null) return;
    Set<Behaviour> allowed = envelope.behaviours();
    activity
        .behaviours()
        .forEach(
            (behaviour, seen) -> {
              if (allowed.contains(behaviour)) return;
              drifts.add(
                  new Drift(
                      Property.valueOf(behaviour.name()),
                      "now " + behaviour.deed(),
                      listed(allowed.stream().map(Behaviour::deed).toList()),
                      seen));
            });
  }

  private static String kilobytes(long bytes) {
    return Math.max(1, Math.round(bytes / 1000.0)) + " kB";
  }

  private static String listed(@Nullable Iterable<String> entries) {
    Set<String> sorted = new TreeSet<>();
    if (entries != null) entries.forEach(sorted::add);
    return sorted.isEmpty() ? "none" : String.join(", ", sorted);
  }
}
