package org.tagwarden.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Builds one page visit for tests, request by request in the order of the calls. A URL that begins
 * with a slash is the page's own host. {@code loader} names the script that made the request: its
 * URL as it was given before; null for the document. Long because the contract's records have many
 * fields and a sample must fill them all.
 */
public final class SampleVisit {
  static final String GTM = "https://www.googletagmanager.com/gtm.js?id=";

  static final String FRAME = "main";

  private final String page;
  private final List<CapturedRequest> requests = new ArrayList<>();
  private final List<CapturedScript> scripts = new ArrayList<>();
  private final List<PageElement> elements = new ArrayList<>();
  private final List<CapturedCookie> cookies = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, String> bodies = new HashMap<>();
  private final SampleEvidence evidence = new SampleEvidence();
  private Instant startedAt;
  private @Nullable UUID visitId;
  private @Nullable String title;
  private @Nullable String container;
  private VisitOutcome outcome = VisitOutcome.COMPLETE;
  private ConsentState consent = ConsentState.NONE;

  SampleVisit(String page, Instant startedAt) {
    this.page = page;
    this.startedAt = startedAt;
    add(page, ResourceType.DOCUMENT, null, "text/html", null, 12_000);
  }

  public SampleVisit visitId(UUID id) {
    visitId = id;
    return this;
  }

  public SampleVisit at(Instant start) {
    startedAt = start;
    return this;
  }

  public SampleVisit title(String text) {
    title = text;
    return this;
  }

  public SampleVisit consent(ConsentState state) {
    consent = state;
    return this;
  }

  /** Any other outcome than COMPLETE also leaves a problem record, as scanners do. */
  public SampleVisit outcome(VisitOutcome value) {
    outcome = value;
    if (value != VisitOutcome.COMPLETE) {
      problems.add(
          new Problem("browser", "navigate", "sample", page + " ended as " + value + ".", null));
    }
    return this;
  }

  public SampleVisit problem(String code, String message) {
    problems.add(new Problem("browser", "settle", code, message, null));
    return this;
  }

  /** A response header of the document. */
  public SampleVisit documentHeader(String name, String value) {
    return responseHeader(page, name, value);
  }

  /** A response header of the request that was last made to that URL. */
  public SampleVisit responseHeader(String url, String name, String value) {
    return change(
        url,
        r -> {
          List<Header> headers = new ArrayList<>(r.responseHeaders());
          headers.add(new Header(name, value));
          return copy(r, r.status(), r.failure(), r.tls(), headers);
        });
  }

  /** An inline script of the document. */
  public SampleVisit inline(String body) {
    addScript(ScriptKind.INLINE, null, page, null, body);
    elements.add(new PageElement("script", null, Map.of(), FRAME));
    return this;
  }

  /** A classic script that stands in the document. */
  public SampleVisit script(String url, String body) {
    return script(url, body, Map.of());
  }

  /** Likewise, with attributes, for example {@code integrity}. */
  public SampleVisit script(String url, String body, Map<String, String> attributes) {
    int id = add(url, ResourceType.SCRIPT, null, "text/javascript", body, body.length());
    addScript(ScriptKind.EXTERNAL, id, resolve(url), null, body);
    elements.add(new PageElement("script", resolve(url), attributes, FRAME));
    return this;
  }

  /** A script that another script inserted. */
  public SampleVisit piggyback(String loader, String url, String body) {
    int id = add(url, ResourceType.SCRIPT, loader, "text/javascript", body, body.length());
    addScript(ScriptKind.EXTERNAL, id, resolve(url), resolve(loader), body);
    return this;
  }

  /** A Google Tag Manager container, by the usual inline snippet. */
  public SampleVisit gtm(String id) {
    return gtm(id, "7");
  }

  /** Google Tag Manager, hard-coded; that version of the container was published. */
  public SampleVisit gtm(String id, String version) {
    container = GTM + id;
    String body = "var data = {\"resource\": {\n  \"version\":\"" + version + "\",\"macros\":[]}};";
    inline("(function(w,d,s,l,i){/* gtm */})(window,document,'script','dataLayer','" + id + "');");
    int request = add(container, ResourceType.SCRIPT, page, "text/javascript", body, 95_000);
    addScript(ScriptKind.EXTERNAL, request, container, page, body);
    return this;
  }

  /** Google Analytics: deployed by the container if there is one, else hard-coded; and one hit. */
  public SampleVisit ga(String measurementId) {
    String tag = "https://www.googletagmanager.com/gtag/js?id=" + measurementId;
    String body = "gtag('" + measurementId + "');";
    if (container == null) script(tag, body);
    else piggyback(container, tag, body);
    return beacon(
        tag,
        "https://www.google-analytics.com/g/collect?v=2&tid="
            + measurementId
            + "&cid=1234567890.1772431200&_p=998877665544");
  }

  public SampleVisit pixel(@Nullable String loader, String url) {
    add(url, ResourceType.IMAGE, loader, "image/gif", null, 43);
    return this;
  }

  public SampleVisit beacon(@Nullable String loader, String url) {
    add(url, ResourceType.BEACON, loader, "text/plain", null, 0);
    return this;
  }

  public SampleVisit stylesheet(String url) {
    add(url, ResourceType.STYLESHEET, null, "text/css", null, 4_000);
    return this;
  }

  public SampleVisit image(String url) {
    add(url, ResourceType.IMAGE, null, "image/webp", null, 9_000);
    return this;
  }

  public SampleVisit iframe(@Nullable String loader, String url) {
    add(url, ResourceType.DOCUMENT, loader, "text/html", null, 2_000);
    return this;
  }

  /** A script of the document whose request got no response. */
  public SampleVisit failed(String url, Failure.Code code) {
    add(url, ResourceType.SCRIPT, null, null, null, 0);
    Failure failure =
        new Failure(code, URI.create(resolve(url)).getHost() + " could not be reached.");
    return change(url, r -> copy(r, null, failure, null, List.of()));
  }

  /** Another status than 200 for the request that was last made to that URL. */
  public SampleVisit status(String url, int status) {
    return change(url, r -> copy(r, status, null, r.tls(), r.responseHeaders()));
  }

  /** The end of the certificate's validity of the request that was last made to that URL. */
  public SampleVisit certificateUntil(String url, Instant notAfter) {
    return change(
        url,
        r -> copy(r, r.status(), null, tls(resolve(url), notAfter, null), r.responseHeaders()));
  }

  /** A cookie without flags; {@code setBy} is the URL whose response set it, null for a script. */
  public SampleVisit cookie(String name, String domain, @Nullable String setBy) {
    Integer request = setBy == null ? null : idOf(setBy);
    String value = SampleReports.hex("SHA-256", name).substring(0, 16);
    cookies.add(
        new CapturedCookie(
            name,
            domain,
            "/",
            value,
            false,
            false,
            null,
            false,
            null,
            request,
            null,
            evidence.phase()));
    return this;
  }

  public SampleVisit cookie(CapturedCookie cookie) {
    cookies.add(cookie);
    return this;
  }

  public SampleVisit element(PageElement element) {
    elements.add(element);
    return this;
  }

  /** A script of this visit did that in the function {@code by}; {@code detail} may be empty. */
  public SampleVisit behaviour(ScriptBehaviour.Kind kind, String detail, String script, String by) {
    evidence.behaviour(kind, detail, resolve(script), sha256Of(script), by);
    return this;
  }

  /** A script of this visit wrote that to the page's own storage. */
  public SampleVisit stored(StorageWrite.Kind kind, String key, String value, String script) {
    URI at = URI.create(page);
    String origin = at.getScheme() + "://" + at.getRawAuthority();
    evidence.stored(kind, origin, key, value, resolve(script), sha256Of(script));
    return this;
  }

  /** A screenshot; {@code picture} stands for the image and decides its hash. */
  public SampleVisit screenshot(Screenshot.Moment moment, String picture) {
    evidence.screenshot(moment, picture);
    return this;
  }

  /** The visitor's choice: whatever is added from now on happened after it. */
  public SampleVisit choice(ConsentState state, ConsentChoice made) {
    evidence.choice = made;
    return consent(state);
  }

  /** This visit is a journey's page whose one step failed with this reason and picture. */
  public SampleVisit failedStep(String journey, String step, String reason, String picture) {
    JourneyRun.StepRun run =
        new JourneyRun.StepRun(
            1, step, JourneyRun.Result.FAILED, reason, 1_000, 5_000, evidence.image(picture));
    evidence.journey = new JourneyRun(journey, 1, true, List.of(run));
    return this;
  }

  /** The names that the host of the request last made to that URL is an alias of. */
  public SampleVisit aliasOf(String url, String... names) {
    return change(
        url, r -> copy(r, r.status(), r.failure(), r.tls(), r.responseHeaders(), List.of(names)));
  }

  /** How many requests it has so far. */
  public int size() {
    return requests.size();
  }

  Map<String, String> bodies() {
    return bodies;
  }

  Map<String, String> images() {
    return evidence.images;
  }

  public PageVisit build() {
    boolean loaded = outcome == VisitOutcome.COMPLETE || outcome == VisitOutcome.CUT_SHORT;
    UUID id =
        visitId != null ? visitId : UUID.nameUUIDFromBytes((page + startedAt).getBytes(UTF_8));
    return new PageVisit(
        id,
        page,
        page,
        title,
        startedAt,
        5_200,
        outcome,
        consent,
        DeviceProfile.DESKTOP,
        List.of(new Frame(FRAME, null, page, false)),
        requests,
        scripts,
        elements,
        cookies,
        List.of(),
        loaded ? new PageTimings(120, 480, 910, 300, 320, 640, 0.02, 85, 2) : null,
        problems,
        evidence.behaviours,
        evidence.storage,
        evidence.screenshots,
        evidence.choice,
        evidence.journey);
  }

  private int add(
      String url,
      ResourceType type,
      @Nullable String loader,
      @Nullable String mime,
      @Nullable String body,
      long bytes) {
    String target = resolve(url);
    int id = requests.size() + 1;
    boolean secure = target.startsWith("https:");
    requests.add(
        new CapturedRequest(
            id,
            target,
            type == ResourceType.BEACON ? "POST" : "GET",
            type,
            Set.of(Observer.PROXY, Observer.BROWSER),
            id * 12.5,
            type == ResourceType.BEACON ? 204 : 200,
            null,
            "http/1.1",
            "203.0.113." + (1 + id % 200),
            secure ? tls(target, SampleReports.START.plus(Duration.ofDays(200)), null) : null,
            new Sizes(420, 310, bytes, bytes * 3),
            new Timing(-1, -1, -1, 0.2, 18 + id % 7, 4),
            mime,
            List.of(new Header("Accept", "*/*"), new Header("Referer", page)),
            mime == null ? List.of() : List.of(new Header("Content-Type", mime)),
            FRAME,
            null,
            null,
            ServedFrom.NETWORK,
            evidence.phase(),
            initiator(id, loader),
            body == null ? null : SampleReports.hex("SHA-256", body),
            body == null ? null : SampleReports.hex("SHA-384", body),
            List.of()));
    return id;
  }

  private Initiator initiator(int id, @Nullable String loader) {
    if (id == 1) return new Initiator(Initiator.Kind.NAVIGATION, null, null, null, 0, 0, List.of());
    if (loader == null)
      return new Initiator(Initiator.Kind.PARSER, 1, page, null, 10 + id, 5, List.of());
    StackFrame frame = new StackFrame("load", resolve(loader), 1, 200, null, null);
    return new Initiator(
        Initiator.Kind.SCRIPT, idOf(loader), resolve(loader), "load", 1, 200, List.of(frame));
  }

  private void addScript(
      ScriptKind kind,
      @Nullable Integer request,
      String url,
      @Nullable String createdBy,
      String body) {
    String sha256 = SampleReports.hex("SHA-256", body);
    bodies.put(sha256, body);
    String sha384 = SampleReports.hex("SHA-384", body);
    int id = scripts.size() + 1;
    scripts.add(
        new CapturedScript(
            id, kind, request, url, FRAME, createdBy, sha256, sha384, body.length(), 0));
  }

  private Integer idOf(String url) {
    String target = resolve(url);
    for (int i = requests.size() - 1; i >= 0; i--)
      if (requests.get(i).url().equals(target)) return requests.get(i).id();
    throw new IllegalArgumentException("The sample visit has no request to " + target);
  }

  private @Nullable String sha256Of(String url) {
    String target = resolve(url);
    for (CapturedScript script : scripts) if (script.url().equals(target)) return script.sha256();
    return null;
  }

  private SampleVisit change(String url, UnaryOperator<CapturedRequest> to) {
    int index = idOf(url) - 1;
    requests.set(index, to.apply(requests.get(index)));
    return this;
  }

  private String resolve(String url) {
    return url.startsWith("/") ? URI.create(page).resolve(url).toString() : url;
  }

  private static Tls tls(String url, Instant notAfter, @Nullable String problem) {
    String subject = "CN=" + URI.create(url).getHost();
    return new Tls(
        "TLSv1.3",
        "TLS_AES_128_GCM_SHA256",
        "CN=Sample CA",
        subject,
        SampleReports.START.minus(Duration.ofDays(30)),
        notAfter,
        problem == null,
        problem);
  }

  private static CapturedRequest copy(
      CapturedRequest r,
      @Nullable Integer status,
      @Nullable Failure failure,
      @Nullable Tls tls,
      List<Header> responseHeaders) {
    return copy(r, status, failure, tls, responseHeaders, r.aliases());
  }

  private static CapturedRequest copy(
      CapturedRequest r,
      @Nullable Integer status,
      @Nullable Failure failure,
      @Nullable Tls tls,
      List<Header> responseHeaders,
      List<String> aliases) {
    return new CapturedRequest(
        r.id(),
        r.url(),
        r.method(),
        r.type(),
        r.seenBy(),
        r.startMs(),
        status,
        failure,
        r.protocol(),
        failure == null ? r.remoteAddress() : null,
        tls,
        failure == null ? r.sizes() : Sizes.NONE,
        failure == null ? r.timing() : null,
        r.mimeType(),
        r.requestHeaders(),
        responseHeaders,
        r.frameId(),
        r.worker(),
        r.redirectedFrom(),
        r.servedFrom(),
        r.phase(),
        r.initiator(),
        r.bodySha256(),
        r.bodySha384(),
        aliases);
  }
}
