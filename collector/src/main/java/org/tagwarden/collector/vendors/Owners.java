package org.tagwarden.collector.vendors;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.CapturedScript;
import org.tagwarden.report.Frame;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ResourceType;
import org.tagwarden.report.ScriptKind;

/**
 * Whose each request and script of one visit is: a product, or null for the site itself. Scripts
 * and frames are known by their URL alone, so that a decision about them never depends on who
 * loaded them; what a tag's script sends to its own company's (or, of an unknown tag, its own
 * domain's) other hosts belongs to that tag.
 */
final class Owners {
  private static final Set<ResourceType> BY_URL_ALONE =
      Set.of(ResourceType.SCRIPT, ResourceType.DOCUMENT);

  /** What lies behind these is a place for the site's own files, or nobody knows what. */
  private static final Set<Category> NO_DISGUISE =
      Set.of(Category.CDN, Category.OTHER, Category.UNKNOWN);

  private final VendorCatalog catalog;
  private final SiteScope site;
  private final Map<Integer, CapturedRequest> requestById = new HashMap<>();
  private final Map<String, CapturedRequest> requestByUrl = new HashMap<>();
  private final Map<String, CapturedScript> inlineByHash = new HashMap<>();
  private final Map<String, Frame> frameById = new HashMap<>();
  private final Map<Integer, Product> productByRequest = new HashMap<>();
  private final Map<String, Product> productByUrl = new HashMap<>();
  private final Map<String, Product> unknownByDomain = new HashMap<>();
  private final Map<String, Boolean> ownHosts = new HashMap<>();
  private final Map<String, List<String>> aliasesByHost = new HashMap<>();

  Owners(VendorCatalog catalog, SiteScope site, PageVisit visit) {
    this.catalog = catalog;
    this.site = site;
    String page = Hosts.of(visit.finalUrl());
    for (CapturedRequest request : visit.requests()) {
      requestById.put(request.id(), request);
      requestByUrl.putIfAbsent(request.url(), request);
      String host = Hosts.of(request.url());
      // Where the page itself comes from is the site, whoever hosts it.
      if (!request.aliases().isEmpty() && !host.equals(page))
        aliasesByHost.putIfAbsent(host, request.aliases());
    }
    for (Frame frame : visit.frames()) frameById.put(frame.id(), frame);
    for (CapturedScript script : visit.scripts()) {
      if (script.kind() == ScriptKind.INLINE || script.kind() == ScriptKind.EVALUATED) {
        inlineByHash.putIfAbsent(script.sha256(), script);
      }
    }
    rememberUnknownScripts(visit);
    String mainFrame = mainFrame(visit);
    String document = Hosts.registrableDomain(Hosts.of(visit.finalUrl()));
    for (CapturedRequest request : visit.requests()) {
      if (isPageItself(request, mainFrame, document)) continue;
      Product product = assign(request);
      if (product != null) productByRequest.put(request.id(), product);
    }
  }

  /** The tag's product, or null when the request is the site's own. */
  @Nullable Product of(CapturedRequest request) {
    return productByRequest.get(request.id());
  }

  /** By URL: the product of a script or document, or null when it is the site's own. */
  @Nullable Product ofUrl(String url) {
    CapturedRequest request = requestByUrl.get(url);
    return request == null ? recognise(url) : of(request);
  }

  @Nullable CapturedRequest request(@Nullable Integer id) {
    return id == null ? null : requestById.get(id);
  }

  /** The first request to that URL, or null. */
  @Nullable CapturedRequest requestAt(String url) {
    return requestByUrl.get(url);
  }

  /**
   * The URL itself, or, for a document that stands in an attribute ({@code srcdoc}), that of the
   * document around it.
   */
  @Nullable String documentAround(CapturedRequest request, @Nullable String url) {
    Frame frame = request.frameId() == null ? null : frameById.get(request.frameId());
    String around = url;
    for (int depth = 0; "about:srcdoc".equals(around) && frame != null && depth < 20; depth++) {
      frame = frame.parentId() == null ? null : frameById.get(frame.parentId());
      around = frame == null ? null : frame.url();
    }
    return around;
  }

  /** The inline or evaluated script of that hash, or null. */
  @Nullable CapturedScript inline(@Nullable String sha256) {
    return sha256 == null ? null : inlineByHash.get(sha256);
  }

  private @Nullable Product assign(CapturedRequest request) {
    Product product = recognise(request.url());
    if (product == null || BY_URL_ALONE.contains(request.type())) return product;
    if (product.category() == Category.UNKNOWN) return ofOwnScript(request, product);
    if (!product.wholeVendor()) return product;
    Product script = initiatingScript(request);
    boolean sameVendor = script != null && script.vendor().equals(product.vendor());
    return sameVendor ? script : product;
  }

  /**
   * An unknown tag's request to another host of its domain, unless somebody else's script sent it.
   */
  private Product ofOwnScript(CapturedRequest request, Product product) {
    Product sibling = unknownByDomain.get(Hosts.registrableDomain(Hosts.of(request.url())));
    if (sibling == null) return product;
    Initiator.Kind kind = request.initiator().kind();
    if (kind == Initiator.Kind.UNKNOWN) return sibling;
    Product script = initiatingScript(request);
    return script != null && script.key().equals(sibling.key()) ? sibling : product;
  }

  private @Nullable Product initiatingScript(CapturedRequest request) {
    CapturedRequest by = request(request.initiator().requestId());
    if (by == null || request.initiator().kind() != Initiator.Kind.SCRIPT) return null;
    return recognise(by.url());
  }

  /** The first script of each domain that nobody knows. */
  private void rememberUnknownScripts(PageVisit visit) {
    for (CapturedRequest request : visit.requests()) {
      if (request.type() != ResourceType.SCRIPT) continue;
      Product product = recognise(request.url());
      if (product == null || product.category() != Category.UNKNOWN) continue;
      unknownByDomain.putIfAbsent(Hosts.registrableDomain(Hosts.of(request.url())), product);
    }
  }

  private @Nullable Product recognise(String url) {
    RequestUrl parts = RequestUrl.of(url);
    String host = parts.host();
    if (host.isEmpty()) return null;
    boolean own = ownHosts.computeIfAbsent(host, site::ownsHost);
    if (own && !aliasesByHost.containsKey(host)) return null;
    return productByUrl.computeIfAbsent(
        url, u -> own ? disguised(parts) : catalog.recognise(parts));
  }

  /**
   * A vendor behind a name of the site's own: its alias (CNAME) leads to the vendor's host. Hosts
   * that merely lie at a hosting company stay the site's own.
   */
  private @Nullable Product disguised(RequestUrl url) {
    for (String alias : aliasesByHost.getOrDefault(url.host(), List.of())) {
      if (site.ownsHost(alias)) continue;
      Product product = catalog.recognise(new RequestUrl(alias, url.path(), url.query()));
      if (!NO_DISGUISE.contains(product.category())) return product;
    }
    return null;
  }

  private static @Nullable String mainFrame(PageVisit visit) {
    for (Frame frame : visit.frames()) if (frame.parentId() == null) return frame.id();
    return null;
  }

  /** The document that was asked for is no tag, even where the site moved to another domain. */
  private static boolean isPageItself(
      CapturedRequest request, @Nullable String mainFrame, String documentDomain) {
    return request.type() == ResourceType.DOCUMENT
        && request.frameId() != null
        && request.frameId().equals(mainFrame)
        && Hosts.registrableDomain(Hosts.of(request.url())).equals(documentDomain);
  }
}
