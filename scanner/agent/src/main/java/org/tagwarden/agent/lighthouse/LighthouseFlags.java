package org.tagwarden.agent.lighthouse;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.tagwarden.agent.ConnectTo;
import org.tagwarden.agent.ScannerSettings;
import org.tagwarden.agent.ScannerUnfitException;
import org.tagwarden.report.VisitOptions;

/** The command line of the Chromium that Lighthouse starts, beside what its launcher adds. */
final class LighthouseFlags {
  /** The launcher's own list and ours: only the last such flag on a command line counts. */
  private static final List<String> DISABLED_FEATURES =
      List.of(
          "Translate",
          "OptimizationHints",
          "MediaRouter",
          "DialMediaRouteProvider",
          "CalculateNativeWinOcclusion",
          "InterestFeedContentSuggestions",
          "CertificateTransparencyComponentUpdater",
          "AutofillServerCommunication",
          "PrivacySandboxSettings4",
          "RenderDocument",
          "WebUIOmniboxPopup",
          "WebUIOmniboxAimPopup",
          "WebUIOmniboxFullPopup",
          "AimEnabled",
          "SpareRendererForSitePerProcess",
          "HttpsUpgrades", // http:// must be measured as http://
          "HttpsFirstBalancedModeAutoEnable");

  private LighthouseFlags() {}

  /** One line, as Lighthouse takes it; {@code --headless} is added by lhci. */
  static String line(ScannerSettings settings, VisitOptions options, URI page, Path profile) {
    List<String> features = new ArrayList<>(DISABLED_FEATURES);
    if (options.allowPrivate() || !settings.connectTo().isEmpty())
      features.add("LocalNetworkAccessChecks");
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--user-data-dir=\"" + profile + "\"",
                "--disable-features=" + String.join(",", features),
                "--no-proxy-server",
                "--disable-quic",
                "--disable-gpu",
                "--disable-breakpad",
                "--disable-dev-shm-usage",
                "--disable-search-engine-choice-screen",
                "--lang=en-US"));
    String rules = hostRules(settings.connectTo(), page.getHost());
    if (!rules.isEmpty()) flags.add("--host-resolver-rules=\"" + rules + "\"");
    if (settings.caCertificate() != null)
      flags.add("--ignore-certificate-errors-spki-list=" + keys(settings.caCertificate()));
    if (options.insecure()) flags.add("--ignore-certificate-errors");
    if (settings.noSandbox() || "root".equals(System.getProperty("user.name")))
      flags.add("--no-sandbox");
    return String.join(" ", flags);
  }

  /**
   * Our mappings in Chromium's words. A mapping of any host to another port of that same host can
   * only be said for the page's own.
   */
  static String hostRules(List<ConnectTo> mappings, String pageHost) {
    List<String> rules = new ArrayList<>();
    for (ConnectTo mapping : mappings) {
      boolean same = mapping.toAddress().equals("*");
      String host = same && mapping.host().equals("*") ? pageHost : mapping.host();
      String from = bracketed(host) + (mapping.port() == 0 ? "" : ":" + mapping.port());
      String to = bracketed(same ? host : mapping.toAddress());
      rules.add("MAP " + from + " " + to + (mapping.toPort() == 0 ? "" : ":" + mapping.toPort()));
      if (mapping.host().equals("*") && !rules.contains("EXCLUDE *.invalid"))
        rules.add("EXCLUDE *.invalid");
    }
    return String.join(", ", rules);
  }

  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /** SHA-256 of each CA's key: Chromium then takes every chain that such a CA is shown in. */
  private static String keys(Path caCertificates) {
    try (InputStream in = Files.newInputStream(caCertificates)) {
      List<String> keys = new ArrayList<>();
      for (Certificate ca : CertificateFactory.getInstance("X.509").generateCertificates(in))
        keys.add(
            Base64.getEncoder()
                .encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(ca.getPublicKey().getEncoded())));
      return String.join(",", keys);
    } catch (IOException | CertificateException e) {
      throw new ScannerUnfitException(
          "The CA file " + caCertificates + " cannot be read as PEM certificates: " + e, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no SHA-256", e);
    }
  }
}
