package org.tagwarden.collector.checks;

import com.esotericsoftware.minlog.Log;
import com.h3xstream.retirejs.repo.JsLibraryResult;
import com.h3xstream.retirejs.repo.JsVulnerability;
import com.h3xstream.retirejs.repo.VulnerabilitiesRepository;
import com.h3xstream.retirejs.repo.VulnerabilitiesRepositoryLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.json.JSONException;
import org.jspecify.annotations.Nullable;

/**
 * The known vulnerabilities of JavaScript libraries: retire.js' data as retirejs-core bundles it,
 * never fetched. Thread-safe. A body is searched once per hash, a URL once.
 */
final class LibraryVulnerabilities {
  /** Libraries name themselves in a comment at the start; bundles hold several, so look further. */
  private static final int SEARCHED_CHARACTERS = 400_000;

  private static final int MOST_REMEMBERED = 20_000;
  private static final String BUNDLED = "/retirejs_repository.json";

  private final VulnerabilitiesRepository repository;
  private final Map<String, List<Library>> byUrl = new ConcurrentHashMap<>();
  private final Map<String, List<Library>> byHash = new ConcurrentHashMap<>();

  /**
   * A vulnerable library that was found.
   *
   * @param vulnerabilities a line each: severity, identifier, summary and the version that mends it
   */
  record Library(String name, String version, Severity worst, List<String> vulnerabilities) {
    Library {
      vulnerabilities = List.copyOf(vulnerabilities);
    }
  }

  private LibraryVulnerabilities(VulnerabilitiesRepository repository) {
    this.repository = repository;
  }

  /** The bundled data, read once and on first use. */
  static LibraryVulnerabilities bundled() {
    return Bundled.INSTANCE;
  }

  /** What a URL's name tells. */
  List<Library> inUrl(String url) {
    int query = url.indexOf('?');
    String place = query < 0 ? url : url.substring(0, query);
    if (byUrl.size() >= MOST_REMEMBERED) byUrl.clear();
    return byUrl.computeIfAbsent(place, this::searchUrl);
  }

  private List<Library> searchUrl(String url) {
    List<JsLibraryResult> found = new ArrayList<>(repository.findByUri(url));
    String file = url.substring(url.lastIndexOf('/') + 1);
    if (!file.isEmpty()) found.addAll(repository.findByFilename(file));
    return libraries(found);
  }

  /**
   * What a script's text tells; nothing when there is no text.
   *
   * @param bodies text by hash, asked only for hashes that were not searched before
   */
  List<Library> inBody(String sha256, Function<String, @Nullable String> bodies) {
    List<Library> known = byHash.get(sha256);
    if (known != null) return known;
    String body = bodies.apply(sha256);
    if (body == null) return List.of();
    String text =
        body.length() > SEARCHED_CHARACTERS ? body.substring(0, SEARCHED_CHARACTERS) : body;
    List<Library> found = libraries(repository.findByFileContent(text));
    if (byHash.size() >= MOST_REMEMBERED) byHash.clear();
    byHash.put(sha256, found);
    return found;
  }

  private static List<Library> libraries(List<JsLibraryResult> results) {
    Map<String, List<JsLibraryResult>> byVersion = new LinkedHashMap<>();
    for (JsLibraryResult result : results) {
      String key = result.getLibrary().getName() + " " + result.getDetectedVersion();
      byVersion.computeIfAbsent(key, k -> new ArrayList<>()).add(result);
    }
    return byVersion.values().stream().map(LibraryVulnerabilities::library).toList();
  }

  private static Library library(List<JsLibraryResult> results) {
    Severity worst = Severity.LOW;
    TreeSet<String> lines = new TreeSet<>();
    for (JsLibraryResult result : results) {
      JsVulnerability vulnerability = result.getVuln();
      Severity severity = severity(vulnerability.getSeverity());
      if (severity.compareTo(worst) > 0) worst = severity;
      lines.add(line(severity, vulnerability));
    }
    JsLibraryResult first = results.get(0);
    return new Library(
        first.getLibrary().getName(), first.getDetectedVersion(), worst, List.copyOf(lines));
  }

  private static String line(Severity severity, JsVulnerability vulnerability) {
    Map<String, List<String>> named = vulnerability.getIdentifiers();
    String cve = String.join(", ", named.getOrDefault("CVE", List.of()));
    String summary = String.join(" ", named.getOrDefault("summary", List.of()));
    String mended =
        vulnerability.getBelow() == null ? "" : " (mended in " + vulnerability.getBelow() + ")";
    String what = (cve + " " + summary).trim();
    if (what.isEmpty()) what = String.join(" ", vulnerability.getInfo());
    return severity + ": " + what + mended;
  }

  private static Severity severity(String text) {
    return switch (text == null ? "" : text) {
      case "critical" -> Severity.CRITICAL;
      case "high" -> Severity.HIGH;
      case "medium" -> Severity.MEDIUM;
      default -> Severity.LOW;
    };
  }

  private static final class Bundled {
    static final LibraryVulnerabilities INSTANCE = load();

    private static LibraryVulnerabilities load() {
      Log.WARN(); // the library prints every hit to standard output otherwise
      try (InputStream json = VulnerabilitiesRepository.class.getResourceAsStream(BUNDLED)) {
        if (json == null) throw new IllegalStateException("retirejs-core comes without " + BUNDLED);
        return new LibraryVulnerabilities(
            new VulnerabilitiesRepositoryLoader().loadFromInputStream(json));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (JSONException e) {
        throw new IllegalStateException("retirejs-core's " + BUNDLED + " cannot be read", e);
      }
    }
  }
}
