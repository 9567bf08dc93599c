package org.tagwarden.collector.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Authorization.Approval;
import org.tagwarden.collector.governance.rules.Authorization.Keepers;
import org.tagwarden.collector.governance.rules.Authorization.Term;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.governance.rules.Envelope;
import org.tagwarden.collector.governance.rules.Justification;
import org.tagwarden.collector.governance.rules.Scope;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.governance.rules.Verdict;
import org.tagwarden.collector.vendors.Category;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.collector.vendors.LoadMethod;
import org.tagwarden.collector.vendors.Recognition;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.CapturedCookie;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ConsentChoice;
import org.tagwarden.report.ConsentPhase;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.ConsoleMessage;
import org.tagwarden.report.DeviceProfile;
import org.tagwarden.report.Failure.Code;
import org.tagwarden.report.Frame;
import org.tagwarden.report.Header;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.Observer;
import org.tagwarden.report.PageElement;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ResourceType;
import org.tagwarden.report.ScriptBehaviour;
import org.tagwarden.report.ServedFrom;
import org.tagwarden.report.Sizes;
import org.tagwarden.report.Tls;
import org.tagwarden.report.VisitOutcome;

/**
 * Builds the examples of the checks: a visit to a shop that passes every check, and from there what
 * an example wants to be wrong. Third-party hosts are tags by host unless {@link #tag} names one.
 * Long because the contract's records have many fields and an example must fill them all.
 */
final class ExampleVisit {
  static final String PAGE = "https://www.shop.example/";
  static final Instant WHEN = Instant.parse("2026-03-02T06:00:00Z");
  private static final String FRAME = "main";

  private final List<CapturedRequest> requests = new ArrayList<>();
  private final List<PageElement> elements = new ArrayList<>();
  private final List<CapturedCookie> cookies = new ArrayList<>();
  private final List<ConsoleMessage> console = new ArrayList<>();
  private final List<Header> documentHeaders = new ArrayList<>();
  private final Map<String, String> bodies = new HashMap<>();
  private final List<ScriptBehaviour> behaviours = new ArrayList<>();
  private final Map<String, Tag> namedTags = new LinkedHashMap<>();
  private final Map<String, List<String>> aliases = new HashMap<>();
  private final Map<String, Authorization> decided = new HashMap<>();
  private final Set<String> undecided = new HashSet<>();
  private String page = PAGE;
  private Instant certificateEnd = WHEN.plus(Duration.ofDays(200));
  private boolean trusted = true;
  private ConsentState consent = ConsentState.NONE;
  private @Nullable ConsentChoice choice;

  private ExampleVisit() {}

  /**
   * A visit that passes every check; tags are approved unless {@link #undecided} says otherwise.
   */
  static ExampleVisit clean() {
    ExampleVisit visit = new ExampleVisit();
    visit.header(
        "Content-Security-Policy",
        "script-src 'nonce-a1' 'strict-dynamic'; object-src"
            + " 'none'; base-uri 'none'; frame-ancestors 'self'");
    visit.header("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    visit.header("X-Content-Type-Options", "nosniff");
    visit.header("X-Frame-Options", "SAMEORIGIN");
    visit.header("Referrer-Policy", "strict-origin-when-cross-origin");
    return visit;
  }

  ExampleVisit page(String url) {
    page = url;
    return this;
  }

  ExampleVisit header(String name, String value) {
    documentHeaders.add(new Header(name, value));
    return this;
  }

  ExampleVisit without(String header) {
    documentHeaders.removeIf(h -> h.name().equalsIgnoreCase(header));
    return this;
  }

  /** From here on requests meet such a certificate. */
  ExampleVisit certificate(Instant notAfter, boolean isTrusted) {
    certificateEnd = notAfter;
    trusted = isTrusted;
    return this;
  }

  /** A script element of the document, with what was served. */
  ExampleVisit script(String url, String body, Map<String, String> attributes) {
    elements.add(new PageElement("script", url, attributes, FRAME));
    bodies.put(hex("SHA-256", body), body);
    return add(url, ResourceType.SCRIPT, 200, null, body, Initiator.Kind.PARSER, null);
  }

  ExampleVisit script(String url, String body) {
    return script(url, body, Map.of());
  }

  ExampleVisit request(String url, ResourceType type) {
    return add(url, type, 200, null, null, Initiator.Kind.PARSER, null);
  }

  ExampleVisit requestBy(int scriptRequest, String url, ResourceType type) {
    return add(url, type, 200, null, null, Initiator.Kind.SCRIPT, scriptRequest);
  }

  ExampleVisit status(String url, ResourceType type, int status) {
    return add(url, type, status, null, null, Initiator.Kind.PARSER, null);
  }

  ExampleVisit failed(String url, ResourceType type, Code code) {
    return add(url, type, null, code, null, Initiator.Kind.PARSER, null);
  }

  ExampleVisit cookie(CapturedCookie cookie) {
    cookies.add(cookie);
    return this;
  }

  ExampleVisit consoleError(String text) {
    console.add(new ConsoleMessage("error", text, page, 1, 10));
    return this;
  }

  ExampleVisit element(PageElement element) {
    elements.add(element);
    return this;
  }

  /** That host is an alias (CNAME) of these names. */
  ExampleVisit alias(String host, String... names) {
    aliases.put(host, List.of(names));
    return this;
  }

  /** The visitor answers the banner now: what is added from here on comes after it. */
  ExampleVisit choice(ConsentState answer) {
    consent = answer;
    choice = new ConsentChoice("OneTrust", "autoconsent", 2_000);
    return this;
  }

  /** A script did that. */
  ExampleVisit behaviour(ScriptBehaviour.Kind kind, String detail, String script) {
    behaviours.add(
        new ScriptBehaviour(
            kind, detail, script, null, "", 1, 200, FRAME, 1, 900, phase(), List.of()));
    return this;
  }

  private ConsentPhase phase() {
    return choice == null ? ConsentPhase.BEFORE_CHOICE : ConsentPhase.AFTER_CHOICE;
  }

  /** Names the tag of a host. */
  ExampleVisit tag(String host, String key, String vendor, Category category, String accountId) {
    namedTags.put(
        host,
        new Tag(
            key,
            vendor,
            vendor,
            category,
            true,
            List.of(accountId),
            LoadMethod.HARD_CODED,
            null,
            page,
            null,
            List.of(),
            List.of(host),
            List.of(),
            Map.of(),
            0));
    return this;
  }

  /** Nobody decided about that tag. */
  ExampleVisit undecided(String tagKey) {
    undecided.add(tagKey);
    return this;
  }

  ExampleVisit refused(String tagKey) {
    return decided(tagKey, Verdict.REFUSED, Term.OPEN, Envelope.OPEN);
  }

  /** Somebody approved that tag within these limits. */
  ExampleVisit authorized(String tagKey, Envelope envelope) {
    return decided(tagKey, Verdict.APPROVED, Term.OPEN, envelope);
  }

  /** Somebody approved that tag for a time. */
  ExampleVisit authorized(String tagKey, Term term) {
    return decided(tagKey, Verdict.APPROVED, term, Envelope.OPEN);
  }

  private ExampleVisit decided(String tagKey, Verdict verdict, Term term, Envelope envelope) {
    decided.put(
        tagKey,
        new Authorization(
            decided.size() + 1,
            1,
            Scope.site(1, 1),
            Subject.ofTag(tagKey),
            verdict,
            new Justification(Justification.Kind.BUSINESS, "Needed.", "Ida", WHEN),
            new Approval("Ida", "approver", WHEN),
            Keepers.NOBODY,
            term,
            envelope));
    return this;
  }

  Visited visited() {
    return visited(VisitOutcome.COMPLETE);
  }

  Visited visited(VisitOutcome outcome) {
    List<CapturedRequest> all = new ArrayList<>();
    all.add(document());
    all.addAll(requests);
    PageVisit visit =
        new PageVisit(
            new UUID(7, 7),
            page,
            page,
            "Shop",
            WHEN,
            5_000,
            outcome,
            consent,
            DeviceProfile.DESKTOP,
            List.of(new Frame(FRAME, null, page, false)),
            all,
            List.of(),
            elements,
            cookies,
            console,
            null,
            List.of(),
            behaviours,
            List.of(),
            List.of(),
            choice,
            null);
    Recognition recognition = ExampleRecognition.of(page, all, namedTags);
    for (Tag tag : recognition.tags()) {
      boolean open = undecided.contains(tag.key()) || decided.containsKey(tag.key());
      if (!open) authorized(tag.key(), Envelope.OPEN);
    }
    Authorizations authorizations = Authorizations.of(decided.values());
    return new Visited(visit, recognition, authorizations, bodies::get, WHEN);
  }

  private CapturedRequest document() {
    Initiator by = new Initiator(Initiator.Kind.NAVIGATION, null, null, null, 0, 0, List.of());
    return make(1, page, ResourceType.DOCUMENT, 200, null, null, by, documentHeaders);
  }

  private ExampleVisit add(
      String url,
      ResourceType type,
      @Nullable Integer status,
      @Nullable Code code,
      @Nullable String body,
      Initiator.Kind kind,
      @Nullable Integer byScript) {
    int id = requests.size() + 2;
    Integer origin = byScript == null ? Integer.valueOf(1) : byScript;
    Initiator by = new Initiator(kind, origin, null, null, 0, 0, List.of());
    requests.add(make(id, url, type, status, code, body, by, List.of()));
    return this;
  }

  private CapturedRequest make(
      int id,
      String url,
      ResourceType type,
      @Nullable Integer status,
      @Nullable Code code,
      @Nullable String body,
      Initiator by,
      List<Header> headers) {
    boolean secure = url.startsWith("https:") && code == null;
    return new CapturedRequest(
        id,
        url,
        "GET",
        type,
        Set.of(Observer.PROXY, Observer.BROWSER),
        id,
        status,
        code == null ? null : new org.tagwarden.report.Failure(code, Hosts.of(url) + " failed."),
        "http/1.1",
        "203.0.113.7",
        secure ? tls(url) : null,
        Sizes.NONE,
        null,
        null,
        List.of(),
        headers,
        FRAME,
        null,
        null,
        ServedFrom.NETWORK,
        id == 1 ? ConsentPhase.BEFORE_CHOICE : phase(),
        by,
        body == null ? null : hex("SHA-256", body),
        body == null ? null : hex("SHA-384", body),
        aliases.getOrDefault(Hosts.of(url), List.of()));
  }

  private Tls tls(String url) {
    return new Tls(
        "TLSv1.3",
        null,
        "CN=Example CA",
        "CN=" + Hosts.of(url),
        WHEN.minus(Duration.ofDays(165)),
        certificateEnd,
        trusted,
        trusted ? null : "The certificate is signed by itself.");
  }

  static String hex(String algorithm, String text) {
    return HexFormat.of().formatHex(digest(algorithm, text));
  }

  static byte[] digest(String algorithm, String text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
