package org.tagwarden.dashboard.program.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who visits in a one-off scan, and what lets them in; passed on to the scanner as it is. */
public final class VisitorArguments {
  @Option(
      names = "--consent",
      paramLabel = "CHOICE",
      split = ",",
      defaultValue = "none",
      description = "none, accept, reject, gpc, or several with commas: a visit for each.")
  private List<String> consents = new ArrayList<>();

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

  @Option(names = "--screenshots", description = "Put images of the pages into the report.")
  private boolean screenshots;

  /** For the scanner's command line. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--consent", String.join(",", consents).toUpperCase(Locale.ROOT)));
    put(arguments, "--locale", locale);
    put(arguments, "--time-zone", timeZone);
    put(arguments, "--user-agent-suffix", userAgentSuffix);
    for (String header : headers) put(arguments, "--header", header);
    put(arguments, "--basic-auth", basicAuth);
    for (String cookie : cookies) put(arguments, "--cookie", cookie);
    put(arguments, "--upstream-proxy", upstreamProxy);
    if (screenshots) arguments.add("--screenshots");
    return arguments;
  }

  private static void put(List<String> arguments, String name, @Nullable String value) {
    if (value != null) arguments.addAll(List.of(name, value));
  }
}
