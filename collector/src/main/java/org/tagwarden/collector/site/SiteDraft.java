package org.tagwarden.collector.site;

import com.google.common.net.InternetDomainName;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.VisitOptions;

/**
 * What a person says about a site, checked: each broken rule is a {@link Refusal} that names the
 * field. Texts are trimmed, hosts lower-case.
 *
 * @param automaticSettle whether the settle time follows from the site's history instead of {@code
 *     options}
 */
public record SiteDraft(
    String name,
    String baseUrl,
    List<String> firstParty,
    PageSet pages,
    VisitOptions options,
    boolean automaticSettle,
    SiteSteps steps,
    boolean lighthouse,
    List<String> alertEmails) {
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_URL = 2_000;
  private static final int MOST_PAGES = 10_000;
  private static final int MOST_AT_ONCE = 32;
  private static final int LONGEST_VISIT_MS = 600_000;
  private static final Pattern EMAIL = Pattern.compile("[^\\s@,;<>]+@[^\\s@,;<>]+");

  public SiteDraft {
    name = name.strip();
    if (name.isEmpty()) throw Refusal.invalid("name", "Give the site a name.");
    if (name.length() > LONGEST_NAME) {
      throw Refusal.invalid("name", "A site's name has at most " + LONGEST_NAME + " characters.");
    }
    baseUrl = webAddress("baseUrl", baseUrl);
    firstParty = firstParty.stream().map(SiteDraft::domain).distinct().toList();
    pages =
        new PageSet(
            pages.kind(),
            pages.urls().stream().map(url -> webAddress("pages", url)).distinct().toList(),
            pages.limit(),
            VisitRules.patterns(pages.rules()));
    atMost("pages", "pages per scan", pages.limit(), MOST_PAGES);
    atMost("options", "visits side by side", options.concurrency(), MOST_AT_ONCE);
    atMost("options", "milliseconds for one visit", options.timeoutMs(), LONGEST_VISIT_MS);
    atMost("options", "milliseconds to settle", options.settleMs(), LONGEST_VISIT_MS);
    atMost("options", "milliseconds between visits", options.delayMs(), LONGEST_VISIT_MS);
    VisitRules.check(options);
    options = options.but().recipe(steps.readRecipe()).build();
    steps.readJourneys();
    steps.readSignIn();
    alertEmails = alertEmails.stream().map(SiteDraft::email).distinct().toList();
  }

  /** Without journeys and sign-in; a settle time other than the usual one is meant to be kept. */
  public SiteDraft(
      String name,
      String baseUrl,
      List<String> firstParty,
      PageSet pages,
      VisitOptions options,
      boolean lighthouse,
      List<String> alertEmails) {
    this(
        name,
        baseUrl,
        firstParty,
        pages,
        options,
        options.settleMs() == VisitOptions.DEFAULT.settleMs(),
        SiteSteps.NONE,
        lighthouse,
        alertEmails);
  }

  /** A site whose start page is scanned, with default options. */
  public static SiteDraft of(String name, String baseUrl) {
    return new SiteDraft(
        name,
        baseUrl,
        List.of(),
        new PageSet(PageSet.Kind.LIST, List.of(webAddress("baseUrl", baseUrl)), 20),
        VisitOptions.DEFAULT,
        true,
        List.of());
  }

  /** The URL, trimmed, if it is http(s) with a host; else a refusal that names the field. */
  static String webAddress(String field, @Nullable String text) {
    String url = text == null ? "" : text.strip();
    URI uri = uri(url);
    String scheme = uri == null || uri.getScheme() == null ? "" : uri.getScheme();
    boolean http = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
    if (uri == null || !http || uri.getHost() == null || url.length() > LONGEST_URL) {
      throw Refusal.invalid(
          field,
          "\"" + shortened(url) + "\" is no web address: write it like https://www.example.com.");
    }
    if (uri.getRawUserInfo() != null) {
      throw Refusal.invalid(
          field, "The address must not hold a user name or password: leave out what is before @.");
    }
    return url;
  }

  private static void atMost(String field, String what, long value, long most) {
    if (value > most) {
      throw Refusal.invalid(field, "At most " + most + " " + what + ", not " + value + ".");
    }
  }

  private static @Nullable URI uri(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      return null; // said by the caller, with the field
    }
  }

  private static String domain(String text) {
    String domain = text.strip().toLowerCase(Locale.ROOT);
    if (!InternetDomainName.isValid(domain) || !domain.contains(".")) {
      throw Refusal.invalid(
          "firstParty",
          "\"" + shortened(domain) + "\" is no domain: write it like example-static.com.");
    }
    return domain;
  }

  private static String email(String text) {
    String email = text.strip();
    if (!EMAIL.matcher(email).matches()) {
      throw Refusal.invalid(
          "alertEmails",
          "\"" + shortened(email) + "\" is no e-mail address: write it like name@example.com.");
    }
    return email;
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
