package org.tagwarden.agent.program;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.ConsentRecipe;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.Header;
import org.tagwarden.report.SiteAccess;
import org.tagwarden.report.SiteAccess.BasicAuth;
import org.tagwarden.report.SiteAccess.PresetCookie;
import org.tagwarden.report.VisitOptions;
import org.tagwarden.report.Visitor;
import picocli.CommandLine.Option;

/**
 * Who visits, and what lets them in, for a one-off scan. In every value {@code ${secret:NAME}} is
 * taken from {@code TAGWARDEN_SECRET_NAME}.
 */
final class VisitorOptions {
  @Option(names = "--consent", split = ",", description = "${COMPLETION-CANDIDATES}")
  private List<ConsentState> consents = new ArrayList<>();

  @Option(names = "--locale", paramLabel = "TAG", description = "For example de-DE.")
  private @Nullable String locale;

  @Option(names = "--time-zone", paramLabel = "NAME", description = "For example Europe/Berlin.")
  private @Nullable String timeZone;

  @Option(names = "--user-agent-suffix", paramLabel = "TEXT", description = "Appended to it.")
  private @Nullable String userAgentSuffix;

  @Option(names = "--header", paramLabel = "NAME: VALUE", description = "For the site's hosts.")
  private List<String> headers = new ArrayList<>();

  @Option(names = "--basic-auth", paramLabel = "USER:PASSWORD", description = "Likewise.")
  private @Nullable String basicAuth;

  @Option(names = "--cookie", paramLabel = "NAME=VALUE", description = "Likewise.")
  private List<String> cookies = new ArrayList<>();

  @Option(names = "--upstream-proxy", paramLabel = "URL", description = "Go through this one.")
  private @Nullable String upstreamProxy;

  @Option(names = "--screenshots", description = "Take images of the pages.")
  private boolean screenshots;

  /** These options with what the command line says about the visitor. */
  VisitOptions applyTo(VisitOptions options) {
    Visitor visitor = new Visitor(locale, timeZone, userAgentSuffix, false);
    SiteAccess access =
        new SiteAccess(
            headers.stream().map(VisitorOptions::header).toList(),
            basicAuth == null ? null : login(basicAuth),
            cookies.stream().map(VisitorOptions::cookie).toList(),
            upstreamProxy);
    return options
        .withConsents(consents.isEmpty() ? List.of(ConsentState.NONE) : consents)
        .withScreenshots(screenshots)
        .withVisitor(visitor, access, ConsentRecipe.NONE);
  }

  private static Header header(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) throw new IllegalArgumentException("--header is \"Name: value\".");
    return new Header(text.substring(0, colon).strip(), text.substring(colon + 1).strip());
  }

  private static BasicAuth login(String text) {
    int colon = separator(text);
    if (colon < 1) throw new IllegalArgumentException("--basic-auth is USER:PASSWORD.");
    return new BasicAuth(text.substring(0, colon), text.substring(colon + 1));
  }

  /** The first colon that is not within the name of a secret. */
  private static int separator(String text) {
    String masked = text.replaceAll("\\$\\{secret:", "\\${secret.");
    return masked.indexOf(':');
  }

  private static PresetCookie cookie(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) throw new IllegalArgumentException("--cookie is NAME=VALUE.");
    return new PresetCookie(
        text.substring(0, equals).strip(), text.substring(equals + 1).strip(), null);
  }
}
