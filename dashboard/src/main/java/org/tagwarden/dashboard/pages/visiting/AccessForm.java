package org.tagwarden.dashboard.pages.visiting;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.report.Header;
import org.tagwarden.report.SiteAccess;
import org.tagwarden.report.SiteAccess.BasicAuth;
import org.tagwarden.report.SiteAccess.PresetCookie;
import org.tagwarden.report.Visitor;

/** Who the site is told that we are, and what lets us in: as typed. */
public record AccessForm(
    String userAgentSuffix,
    boolean signed,
    String headers,
    String basicUser,
    String basicPassword,
    String cookies,
    String upstreamProxy) {

  static AccessForm of(Visitor visitor, SiteAccess access) {
    List<String> headers = new ArrayList<>();
    for (Header header : access.headers()) headers.add(header.name() + ": " + header.value());
    List<String> cookies = new ArrayList<>();
    for (PresetCookie cookie : access.cookies()) {
      String path = cookie.path() == null ? "" : "; path=" + cookie.path();
      cookies.add(cookie.name() + "=" + cookie.value() + path);
    }
    BasicAuth auth = access.basicAuth();
    return new AccessForm(
        orEmpty(visitor.userAgentSuffix()),
        visitor.signed(),
        String.join("\n", headers),
        auth == null ? "" : auth.user(),
        auth == null ? "" : auth.password(),
        String.join("\n", cookies),
        orEmpty(access.upstreamProxy()));
  }

  static AccessForm of(Request request) {
    return new AccessForm(
        request.text("userAgentSuffix"),
        request.ticked("signed"),
        request.text("headers"),
        request.text("basicUser"),
        request.text("basicPassword"),
        request.text("cookies"),
        request.text("upstreamProxy"));
  }

  /** Whether anything but the usual is set, so that the part is shown open. */
  public boolean isUsed() {
    return !(userAgentSuffix + headers + basicUser + cookies + upstreamProxy).isEmpty() || signed;
  }

  SiteAccess access() {
    return new SiteAccess(headerList(), basicAuth(), cookieList(), orNull(upstreamProxy));
  }

  private @Nullable BasicAuth basicAuth() {
    if (basicUser.isEmpty() && basicPassword.isEmpty()) return null;
    if (basicUser.isEmpty()) {
      throw Refusal.invalid("basicUser", "Say the user name that belongs to the password.");
    }
    return new BasicAuth(basicUser, basicPassword);
  }

  private List<Header> headerList() {
    List<Header> list = new ArrayList<>();
    for (String line : lines(headers)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw Refusal.invalid("headers", "\"" + line + "\": write a line like X-Preview: yes.");
      }
      list.add(new Header(line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
    }
    return list;
  }

  private List<PresetCookie> cookieList() {
    List<PresetCookie> list = new ArrayList<>();
    for (String line : lines(cookies)) {
      String[] parts = line.split(";\\s*(?i:path)\\s*=", 2);
      int equals = parts[0].indexOf('=');
      if (equals < 1) {
        throw Refusal.invalid(
            "cookies", "\"" + line + "\": write a line like variant=b, or variant=b; path=/shop.");
      }
      list.add(
          new PresetCookie(
              parts[0].substring(0, equals).strip(),
              parts[0].substring(equals + 1).strip(),
              parts.length == 2 ? parts[1].strip() : null));
    }
    return list;
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
