package org.tagwarden.collector.checks;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ConsoleMessage;
import org.tagwarden.report.PageElement;

/**
 * Subresource Integrity: broken where the attribute does not fit what was served; missing only for
 * files of public CDNs whose URL carries a full version, since these never change and an attribute
 * can hold. Scripts that vendors change at will cannot carry one.
 */
final class ScriptIntegrityCheck implements Check {
  private static final Map<String, Pattern> FIXED_FILES =
      Map.of(
          "cdn.jsdelivr.net", Pattern.compile("@v?\\d+\\.\\d+\\.\\d+"),
          "unpkg.com", Pattern.compile("@v?\\d+\\.\\d+\\.\\d+"),
          "cdnjs.cloudflare.com", Pattern.compile("/ajax/libs/[^/]+/v?\\d+\\.\\d+"),
          "ajax.googleapis.com", Pattern.compile("/ajax/libs/[^/]+/\\d+\\.\\d+\\.\\d+/"),
          "code.jquery.com", Pattern.compile("-\\d+\\.\\d+\\.\\d+|/\\d+\\.\\d+\\.\\d+/"),
          "maxcdn.bootstrapcdn.com", Pattern.compile("/\\d+\\.\\d+\\.\\d+/"),
          "stackpath.bootstrapcdn.com", Pattern.compile("/\\d+\\.\\d+\\.\\d+/"),
          "netdna.bootstrapcdn.com", Pattern.compile("/\\d+\\.\\d+\\.\\d+/"),
          "ajax.aspnetcdn.com", Pattern.compile("\\d+\\.\\d+\\.\\d+"));
  private static final Pattern REFUSED_BY_BROWSER =
      Pattern.compile("'integrity' attribute for resource '([^']+)'");

  @Override
  public String id() {
    return "script-integrity";
  }

  @Override
  public String title() {
    return "Missing or broken Subresource Integrity";
  }

  @Override
  public String whyItMatters() {
    return "With an integrity attribute the browser runs a file from a CDN only if it is the one that"
        + " was reviewed. A broken attribute means that the file changed or that it does not run at"
        + " all.";
  }

  @Override
  public Severity severity() {
    return Severity.MEDIUM;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    FailureBySubject failures = new FailureBySubject();
    for (ConsoleMessage message : visited.visit().console()) {
      Matcher refused = REFUSED_BY_BROWSER.matcher(message.text());
      if (refused.find()) broken(failures, visited, refused.group(1), message.text());
    }
    for (PageElement element : visited.visit().elements()) {
      String url = element.url();
      if (!element.tag().equals("script") || url == null) continue;
      CapturedRequest request = requestTo(visited, url);
      String integrity = element.attributes().getOrDefault("integrity", "");
      if (!integrity.isBlank()) {
        if (request != null && contradicts(integrity, request)) {
          broken(failures, visited, url, "integrity=\"" + integrity + "\"");
        }
      } else if (isFixedFile(url) && request != null && request.answered()) {
        missing(failures, visited, url, request);
      }
    }
    return failures.all();
  }

  private static void broken(FailureBySubject failures, Visited visited, String url, String seen) {
    CapturedRequest request = requestTo(visited, url);
    String subject = ScriptSubject.of(url);
    List<String> evidence = new ArrayList<>(List.of("URL: " + url, seen));
    if (request != null && request.bodySha384() != null) {
      evidence.add("Served: sha384-" + base64(request.bodySha384()));
    }
    failures.add(
        subject,
        request == null ? null : visited.recognition().tagKeyByRequest().get(request.id()),
        Severity.HIGH,
        "The integrity attribute of " + subject + " does not fit the file that is served.",
        evidence,
        "Find out why the file changed. If the change is wanted, review it and renew the attribute;"
            + " else remove the script at once.");
  }

  private void missing(
      FailureBySubject failures, Visited visited, String url, CapturedRequest request) {
    String subject = ScriptSubject.of(url);
    String remedy =
        "Add an integrity attribute and crossorigin=\"anonymous\", or host the file yourself.";
    List<String> evidence = new ArrayList<>(List.of("URL: " + url));
    if (request.bodySha384() != null) {
      evidence.add("As served now: integrity=\"sha384-" + base64(request.bodySha384()) + "\"");
    }
    failures.add(
        subject,
        visited.recognition().tagKeyByRequest().get(request.id()),
        severity(),
        "The script " + subject + " of a public CDN has no integrity attribute.",
        evidence,
        remedy);
  }

  private static boolean isFixedFile(String url) {
    Pattern fixed = FIXED_FILES.get(Hosts.of(url));
    return fixed != null && fixed.matcher(url).find();
  }

  /** Whether none of the strongest hashes that we can compute for the body is in the attribute. */
  private static boolean contradicts(String integrity, CapturedRequest request) {
    List<String> sha384 = hashes(integrity, "sha384-");
    List<String> sha256 = hashes(integrity, "sha256-");
    if (!hashes(integrity, "sha512-").isEmpty() || !request.answered()) return false;
    if (!sha384.isEmpty()) {
      return request.bodySha384() != null && !sha384.contains(base64(request.bodySha384()));
    }
    boolean known = !sha256.isEmpty() && request.bodySha256() != null;
    return known && !sha256.contains(base64(request.bodySha256()));
  }

  private static List<String> hashes(String integrity, String algorithm) {
    List<String> hashes = new ArrayList<>();
    for (String token : integrity.trim().split("\\s+")) {
      if (!token.startsWith(algorithm)) continue;
      String hash = token.substring(algorithm.length());
      int options = hash.indexOf('?');
      hashes.add(options < 0 ? hash : hash.substring(0, options));
    }
    return hashes;
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  private static @Nullable CapturedRequest requestTo(Visited visited, String url) {
    for (CapturedRequest request : visited.visit().requests()) {
      if (request.url().equals(url)) return request;
    }
    return null;
  }

  @Override
  public Visited example() {
    return ExampleVisit.clean()
        .script("https://cdn.jsdelivr.net/npm/vue@3.4.21/dist/vue.global.prod.js", "vue();")
        .visited();
  }
}
