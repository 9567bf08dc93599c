package org.tagwarden.agent.program;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.DeviceProfile;
import org.tagwarden.report.Header;
import org.tagwarden.report.SiteAccess;
import org.tagwarden.report.SiteAccess.BasicAuth;
import org.tagwarden.report.SiteAccess.PresetCookie;
import org.tagwarden.report.VisitOptions;
import org.tagwarden.report.Visitor;
import picocli.CommandLine.Option;

/**
 * Who visits, and what lets them in, for what is scanned without a server. The dashboard's {@code
 * VisitorArguments} offers people the same for {@code tagwarden scan}.
 */
final class VisitorOptions {
  @Option(
      names = "--consent",
      paramLabel = "CHOICE",
      split = ",",
      description = "none, accept, reject, gpc, or several with commas: a visit for each.")
  private List<ConsentState> consents = new ArrayList<>();

  @Option(names = "--device", defaultValue = "desktop", description = "desktop or mobile.")
  private String device;

  @Option(
      names = "--locale",
      paramLabel = "TAG",
      description = "The visitor's language and region, for example de-DE.")
  private @Nullable String locale;

  @Option(
      names = "--time-zone",
      paramLabel = "NAME",
      description = "The visitor's time zone, for example Europe/Berlin.")
  private @Nullable String timeZone;

  @Option(
      names = "--user-agent-suffix",
      paramLabel = "TEXT",
      description = "Append this to the user agent, so that a firewall can tell the scanner.")
  private @Nullable String userAgentSuffix;

  @Option(
      names = "--header",
      paramLabel = "NAME: VALUE",
      description =
          "Send this header to the page's own site. Here and below $${secret:NAME} stands for the"
              + " environment's TAGWARDEN_SECRET_NAME.")
  private List<String> headers = new ArrayList<>();

  @Option(
      names = "--basic-auth",
      paramLabel = "USER:PASSWORD",
      description = "Sign in to the page's own site by HTTP authentication.")
  private @Nullable String basicAuth;

  @Option(
      names = "--cookie",
      paramLabel = "NAME=VALUE",
      description = "Give the page's own site this cookie.")
  private List<String> cookies = new ArrayList<>();

  @Option(
      names = "--upstream-proxy",
      paramLabel = "URL",
      description = "Go through this proxy, for example http://proxy.example.com:3128.")
  private @Nullable String upstreamProxy;

  @Option(
      names = {"-k", "--insecure"},
      description = "Go on although a certificate is not trusted.")
  private boolean insecure;

  @Option(names = "--allow-private", description = "Connect to private addresses, too.")
  private boolean allowPrivate;

  @Option(names = "--screenshots", description = "Take images of the pages.")
  private boolean screenshots;

  /**
   * These options with what the command line says about the visitor; {@link
   * IllegalArgumentException} with a sentence when it says nonsense.
   */
  VisitOptions applyTo(VisitOptions options) {
    Visitor visitor = new Visitor(locale, timeZone, userAgentSuffix, false);
    SiteAccess access =
        new SiteAccess(
            headers.stream().map(VisitorOptions::header).toList(),
            basicAuth == null ? null : login(basicAuth),
            cookies.stream().map(VisitorOptions::cookie).toList(),
            upstreamProxy);
    return options
        .but()
        .consents(consents.isEmpty() ? List.of(ConsentState.NONE) : consents)
        .device(profile())
        .allowPrivate(allowPrivate)
        .insecure(insecure)
        .screenshots(screenshots)
        .visitor(visitor)
        .access(access)
        .build();
  }

  private DeviceProfile profile() {
    return switch (device) {
      case "desktop" -> DeviceProfile.DESKTOP;
      case "mobile" -> DeviceProfile.MOBILE;
      default ->
          throw new IllegalArgumentException(
              "--device is desktop or mobile, not \"" + device + "\".");
    };
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
