package org.tagwarden.agent;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.identity.RequestSigner;
import org.tagwarden.agent.identity.SigningKey;
import org.tagwarden.agent.observe.Problems;
import org.tagwarden.agent.secrets.MissingSecretException;
import org.tagwarden.agent.secrets.Secrets;
import org.tagwarden.agent.traffic.RequestStamp;
import org.tagwarden.agent.traffic.SiteHosts;
import org.tagwarden.agent.traffic.UpstreamProxy;
import org.tagwarden.report.Header;
import org.tagwarden.report.SiteAccess;
import org.tagwarden.report.VisitOptions;

/**
 * Works out, for each visit, what lets the scanner in: the site's settings with the secrets put in,
 * and the scanner's signature.
 */
final class Gate {
  private final ScannerSettings settings;
  private final Secrets secrets;
  private final Clock clock;
  private @Nullable RequestSigner signer;

  Gate(ScannerSettings settings, Secrets secrets, Clock clock) {
    this.settings = settings;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** A visit cannot be let in; the message is a sentence for people. */
  static final class NotAdmittedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String code;

    NotAdmittedException(String code, String message, Throwable cause) {
      super(message, cause);
      this.code = code;
    }

    /** For the problem of the visit. */
    String code() {
      return code;
    }
  }

  /** What a visit of this page brings along; not granted, with a problem noted, when it cannot. */
  Admission admit(String url, VisitOptions options, Problems problems) {
    try {
      return admit(url, options);
    } catch (NotAdmittedException e) {
      problems.note("visitor", "prepare", e.code(), String.valueOf(e.getMessage()));
      return Admission.refused(settings, options);
    }
  }

  /** The visit without the secrets that it was let in by, whoever echoed them. */
  VisitAssembly.Visited redacted(VisitAssembly.Visited visited) {
    return new VisitAssembly.Visited(redacted(visited.result()), visited.links());
  }

  VisitResult redacted(VisitResult result) {
    return new Redaction(secrets).clean(result);
  }

  /** A text without the secrets that were given out. */
  String masked(String text) {
    return secrets.masked(text);
  }

  /** A text with the secrets put in that it refers to. */
  String secret(String text) {
    return secrets.resolve(text);
  }

  /** What requests to the site of this page bring along. */
  Admission admit(String url, VisitOptions options) throws NotAdmittedException {
    try {
      SiteAccess access = options.access();
      SiteHosts site = SiteHosts.of(url);
      RequestStamp stamp =
          new RequestStamp(
              null,
              null,
              site,
              headers(access),
              credentials(access),
              options.visitor().signed() ? signer() : null);
      String through = access.upstreamProxy();
      UpstreamProxy upstream =
          through == null || through.isBlank()
              ? null
              : UpstreamProxy.parse(secrets.resolve(through));
      return new Admission(settings, options, stamp, upstream, cookies(access));
    } catch (MissingSecretException e) {
      throw new NotAdmittedException("secret-missing", String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new NotAdmittedException("access-setting", String.valueOf(e.getMessage()), e);
    }
  }

  private List<Header> headers(SiteAccess access) {
    List<Header> resolved = new ArrayList<>();
    for (Header header : access.headers()) {
      String value = secrets.resolve(header.value());
      if (!header.name().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || value.matches("(?s).*[\r\n].*"))
        throw new IllegalArgumentException(
            "The header \"" + header.name() + "\" of the site's access settings cannot be sent.");
      resolved.add(new Header(header.name(), value));
    }
    return resolved;
  }

  private @Nullable String credentials(SiteAccess access) {
    SiteAccess.BasicAuth auth = access.basicAuth();
    if (auth == null) return null;
    String both = secrets.resolve(auth.user()) + ':' + secrets.resolve(auth.password());
    secrets.derived(auth.password(), RequestStamp.basic(both));
    return both;
  }

  private List<SiteAccess.PresetCookie> cookies(SiteAccess access) {
    return access.cookies().stream()
        .map(c -> new SiteAccess.PresetCookie(c.name(), secrets.resolve(c.value()), c.path()))
        .toList();
  }

  /** Made when the first site wants it: the key pair is made with it. */
  private synchronized RequestSigner signer() {
    if (signer == null)
      signer =
          new RequestSigner(
              SigningKey.in(settings.dataDir().resolve("identity")),
              settings.signatureAgent(),
              clock);
    return signer;
  }
}
