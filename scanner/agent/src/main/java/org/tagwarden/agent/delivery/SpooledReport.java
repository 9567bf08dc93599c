package org.tagwarden.agent.delivery;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report that waits on disk.
 *
 * @param number its place in the queue; also in the file's name, so that the order survives
 * @param file {@code 0000000042.scan-report.json.zst}
 */
record SpooledReport(long number, ReportKind kind, Path file, long bytes) {
  private static final Pattern NAME = Pattern.compile("(\\d{10,})\\.([a-z-]+)\\.json\\.zst");

  static String name(long number, ReportKind kind) {
    return "%010d.%s.json.zst".formatted(number, kind.fileWord());
  }

  /** The report in that file; empty when the file is none. */
  static Optional<SpooledReport> of(Path file, long bytes) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    if (!name.matches()) return Optional.empty();
    for (ReportKind kind : ReportKind.values()) {
      if (kind.fileWord().equals(name.group(2)))
        return Optional.of(new SpooledReport(Long.parseLong(name.group(1)), kind, file, bytes));
    }
    return Optional.empty();
  }
}
