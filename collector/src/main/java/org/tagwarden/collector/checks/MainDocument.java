package org.tagwarden.collector.checks;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.Frame;
import org.tagwarden.report.Header;
import org.tagwarden.report.PageElement;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ResourceType;

/** The response that the page itself came with. */
public record MainDocument(CapturedRequest request, PageVisit visit) {

  /** The page's own document, after redirects; null when the report does not hold it. */
  public static @Nullable MainDocument of(PageVisit visit) {
    String frame = null;
    for (Frame f : visit.frames()) if (f.parentId() == null && frame == null) frame = f.id();
    String wanted = withoutFragment(visit.finalUrl());
    CapturedRequest fallback = null;
    for (CapturedRequest request : visit.requests()) {
      if (request.type() != ResourceType.DOCUMENT || !request.answered() || redirects(request)) {
        continue;
      }
      boolean main = frame == null || frame.equals(request.frameId());
      if (!main) continue;
      if (withoutFragment(request.url()).equals(wanted)) return new MainDocument(request, visit);
      if (fallback == null) fallback = request;
    }
    return fallback == null ? null : new MainDocument(fallback, visit);
  }

  boolean secure() {
    return request.url().startsWith("https:");
  }

  @Nullable String header(String name) {
    return request.responseHeader(name);
  }

  /** The enforced content policies: headers and meta elements. */
  List<String> contentPolicies() {
    List<String> policies = new ArrayList<>();
    for (Header header : request.responseHeaders()) {
      if (header.name().equalsIgnoreCase("Content-Security-Policy")) policies.add(header.value());
    }
    policies.addAll(metaPolicies());
    return policies;
  }

  /** The content policies of meta elements. */
  public List<String> metaPolicies() {
    List<String> policies = new ArrayList<>();
    for (PageElement element : visit.elements()) {
      String equiv = element.attributes().getOrDefault("http-equiv", "");
      String content = element.attributes().get("content");
      boolean policy = element.tag().equals("meta") && content != null;
      if (policy && equiv.equalsIgnoreCase("Content-Security-Policy")) policies.add(content);
    }
    return policies;
  }

  /** Content of {@code <meta name=...>}, or null. */
  @Nullable String meta(String name) {
    for (PageElement element : visit.elements()) {
      boolean wanted = name.equalsIgnoreCase(element.attributes().getOrDefault("name", ""));
      if (element.tag().equals("meta") && wanted) return element.attributes().get("content");
    }
    return null;
  }

  static boolean redirects(CapturedRequest request) {
    Integer status = request.status();
    return status != null && status >= 300 && status < 400 && status != 304;
  }

  private static String withoutFragment(String url) {
    int hash = url.indexOf('#');
    return hash < 0 ? url : url.substring(0, hash);
  }
}
