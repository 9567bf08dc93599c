package org.tagwarden.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The one JSON codec of the contract. Thread-safe. Unknown fields of a newer minor version are
 * ignored, nulls are left out.
 */
public final class ReportCodec {
  /** The longest text in a report: a script body of 100 million characters. */
  private static final int LONGEST_TEXT = 100_000_000;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  static {
    JSON.getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build());
  }

  private ReportCodec() {}

  /** UTF-8 JSON of any record of the contract. */
  public static byte[] write(Object contractRecord) {
    try {
      return JSON.writeValueAsBytes(contractRecord);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A record of the contract could not be written as JSON", e);
    }
  }

  /**
   * Reads a scan report; {@link InvalidReportException} says in one sentence what is wrong with it.
   */
  public static ScanReport readReport(byte[] json) {
    ScanReport report = readAtOnce(json);
    return report != null ? report : readWithCare(json);
  }

  /** The quick way, at half the cost; null when anything is wrong, however little. */
  private static @Nullable ScanReport readAtOnce(byte[] json) {
    try {
      ScanReport report = JSON.readValue(json, ScanReport.class);
      boolean readable =
          report != null && major(report.formatVersion()).equals(major(ScanReport.FORMAT_VERSION));
      return readable ? report : null;
    } catch (IOException e) {
      return null; // readWithCare says what is wrong
    }
  }

  private static ScanReport readWithCare(byte[] json) {
    JsonNode tree = tree(json);
    if (!ScanReport.FORMAT.equals(tree.path("format").asText())) {
      throw new InvalidReportException(
          "This is no scan report: its \"format\" is not \"" + ScanReport.FORMAT + "\".");
    }
    String version = tree.path("formatVersion").asText("");
    String major = major(version);
    if (!major.equals(major(ScanReport.FORMAT_VERSION))) {
      throw new InvalidReportException(
          "This scan report has format version \""
              + version
              + "\", but only "
              + major(ScanReport.FORMAT_VERSION)
              + ".x is understood here: use a Tagwarden of the version that wrote it, or a newer one.");
    }
    return convert(tree, ScanReport.class);
  }

  /** Reads another record of the contract, for example a {@link ScanJob}. */
  public static <T> T read(byte[] json, Class<T> type) {
    return convert(tree(json), type);
  }

  private static String major(String version) {
    int dot = version.indexOf('.');
    return dot < 0 ? version : version.substring(0, dot);
  }

  private static JsonNode tree(byte[] json) {
    try {
      JsonNode tree = JSON.readTree(json);
      if (!tree.isObject())
        throw new InvalidReportException("This is no scan report: a JSON object was expected.");
      return tree;
    } catch (JsonProcessingException e) {
      throw new InvalidReportException(
          "This is not JSON: " + e.getOriginalMessage() + place(e) + ".", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }

  private static <T> T convert(JsonNode tree, Class<T> type) {
    try {
      return JSON.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      InvalidReportException refused = refusal(e);
      if (refused != null) throw refused;
      throw new InvalidReportException(
          "A field of this report cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  /** The contract's own refusal inside Jackson's wrapping, if that is what went wrong. */
  private static @Nullable InvalidReportException refusal(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidReportException refused) return refused;
    }
    return null;
  }
}
