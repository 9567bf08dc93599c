package org.tagwarden.dashboard.report;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ScanReport;
import org.tagwarden.report.Screenshot;

/**
 * A report's images as data: addresses, so that the file needs nobody. The first ones are taken;
 * the rest is left out, so that the file can still be sent by mail.
 */
final class InlineImages {
  private static final int MOST_CHARACTERS = 6_000_000;

  private final Map<String, String> files;
  private final Map<String, String> types = new HashMap<>();
  private final Map<String, String> taken = new HashMap<>();
  private int characters;

  InlineImages(ScanReport report) {
    this.files = report.images();
    for (PageVisit visit : report.visits()) {
      for (Screenshot shot : visit.screenshots()) types.put(shot.sha256(), shot.mimeType());
    }
  }

  /** The image's address; null when it is not in the report or there is no more room. */
  @Nullable String src(String sha256) {
    String known = taken.get(sha256);
    String file = files.get(sha256);
    if (known != null || file == null) return known;
    if (characters + file.length() > MOST_CHARACTERS) return null;
    characters += file.length();
    String src = "data:" + types.getOrDefault(sha256, "image/webp") + ";base64," + file;
    taken.put(sha256, src);
    return src;
  }
}
