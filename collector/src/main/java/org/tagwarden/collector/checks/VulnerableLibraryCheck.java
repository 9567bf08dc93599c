package org.tagwarden.collector.checks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.LibraryVulnerabilities.Library;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.CapturedScript;
import org.tagwarden.report.ResourceType;

/** A JavaScript library of a version with published vulnerabilities, by URL and by text. */
final class VulnerableLibraryCheck implements Check {
  @Override
  public String id() {
    return "vulnerable-library";
  }

  @Override
  public String title() {
    return "JavaScript library with known vulnerabilities";
  }

  @Override
  public String whyItMatters() {
    return "How to attack that version is published. Old copies of jQuery and its like are the most"
        + " common way from a harmless input to a foreign script.";
  }

  @Override
  public Severity severity() {
    return Severity.MEDIUM;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    FailureBySubject failures = new FailureBySubject();
    for (CapturedRequest request : visited.visit().requests()) {
      if (request.type() != ResourceType.SCRIPT || !request.answered()) continue;
      Map<String, Library> found = new LinkedHashMap<>();
      for (Library library : LibraryVulnerabilities.bundled().inUrl(request.url())) {
        found.put(library.name(), library);
      }
      for (Library library : inBody(visited, request.bodySha256())) {
        found.put(library.name(), library); // the text knows better than the name
      }
      String key = visited.recognition().tagKeyByRequest().get(request.id());
      found
          .values()
          .forEach(l -> add(failures, l, ScriptSubject.of(request.url()), key, request.url()));
    }
    for (CapturedScript script : visited.visit().scripts()) {
      if (script.requestId() != null) continue;
      String place = "inline script of " + ScriptSubject.of(script.url());
      for (Library library : inBody(visited, script.sha256())) {
        add(failures, library, place, null, "in a script without a URL of " + script.url());
      }
    }
    return failures.all();
  }

  private static List<Library> inBody(Visited visited, @Nullable String sha256) {
    if (sha256 == null) return List.of();
    return LibraryVulnerabilities.bundled().inBody(sha256, visited.scriptBody());
  }

  private static void add(
      FailureBySubject failures, Library library, String place, @Nullable String key, String url) {
    List<String> evidence = new ArrayList<>();
    evidence.add(library.name() + " " + library.version() + ": " + url);
    evidence.addAll(library.vulnerabilities());
    failures.add(
        library.name() + " in " + place,
        key,
        library.worst(),
        library.name() + " " + library.version() + " has known vulnerabilities (" + place + ").",
        evidence,
        "Update " + library.name() + " to a version without known vulnerabilities, or remove it.");
  }

  @Override
  public Visited example() {
    return ExampleVisit.clean()
        .script("https://www.shop.example/assets/jquery-1.8.1.min.js", "/*! jQuery v1.8.1 */")
        .visited();
  }
}
