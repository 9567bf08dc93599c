package org.tagwarden.collector.intake;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;
import org.tagwarden.report.JourneyRun;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Screenshot;

/** The screenshots of a visit: each image is stored once, whoever shows it. */
final class VisitImages {
  private static final Logger LOG = LoggerFactory.getLogger(VisitImages.class);

  /** A small screenshot has some ten thousand bytes; this much is none. */
  static final int LARGEST = 2_000_000;

  private static final Set<String> TYPES = Set.of("image/webp", "image/png", "image/jpeg");
  private static final String USUAL_TYPE = "image/webp";

  private VisitImages() {}

  /** An image of the visit whose file is what its hash says. */
  record Image(Screenshot shown, byte[] file) {}

  /** The visit's images as far as the report holds them; the hash of each is checked. */
  static List<Image> of(PageVisit visit, Map<String, String> files) {
    List<Image> images = new ArrayList<>();
    for (Screenshot shown : shown(visit)) {
      String file = files.get(shown.sha256());
      byte[] bytes = file == null ? null : decoded(file);
      if (bytes == null || bytes.length == 0 || bytes.length > LARGEST) {
        LOG.warn(
            "Visit {}: screenshot {} is missing or too large", visit.visitId(), shown.sha256());
      } else if (!sha256(bytes).equals(shown.sha256()) || !TYPES.contains(shown.mimeType())) {
        LOG.warn("Visit {}: screenshot {} is not what it says", visit.visitId(), shown.sha256());
      } else {
        images.add(new Image(shown, bytes));
      }
    }
    return images;
  }

  /** Screenshots, and those of failed steps that are not among them. */
  private static List<Screenshot> shown(PageVisit visit) {
    List<Screenshot> shown = new ArrayList<>(visit.screenshots());
    if (visit.journey() == null) return shown;
    for (JourneyRun.StepRun step : visit.journey().steps()) {
      String sha256 = step.screenshotSha256();
      if (sha256 == null || shown.stream().anyMatch(s -> s.sha256().equals(sha256))) continue;
      shown.add(
          new Screenshot(
              Screenshot.Moment.STEP_FAILED,
              sha256,
              USUAL_TYPE,
              1,
              1,
              Math.max(0, step.startMs())));
    }
    return shown;
  }

  static Future<Void> store(SqlConnection tx, ScannedSite site, PreparedVisit prepared) {
    List<Image> images = prepared.images();
    if (images.isEmpty()) return Future.succeededFuture();
    PageVisit visit = prepared.visit();
    Buffer[] hashes =
        images.stream().map(i -> SqlValues.bytes(i.shown().sha256())).toArray(Buffer[]::new);
    return tx.preparedQuery(IntakeQueries.IMAGES)
        .execute(
            tuple(
                SqlTime.of(visit.startedAt()),
                distinct(images).stream()
                    .map(i -> SqlValues.bytes(i.shown().sha256()))
                    .toArray(Buffer[]::new),
                distinct(images).stream().map(i -> i.shown().mimeType()).toArray(String[]::new),
                distinct(images).stream().map(i -> Buffer.buffer(i.file())).toArray(Buffer[]::new)))
        .compose(
            done ->
                tx.preparedQuery(IntakeQueries.SHOWN_IMAGES)
                    .execute(
                        tuple(
                            site.siteId(),
                            visit.visitId(),
                            SqlTime.of(visit.startedAt()),
                            hashes,
                            images.stream()
                                .map(i -> i.shown().moment().name())
                                .toArray(String[]::new),
                            images.stream().map(i -> i.shown().width()).toArray(Integer[]::new),
                            images.stream().map(i -> i.shown().height()).toArray(Integer[]::new))))
        .mapEmpty();
  }

  /** One statement must not change a row twice: the same picture at two moments. */
  private static List<Image> distinct(List<Image> images) {
    List<Image> distinct = new ArrayList<>();
    for (Image image : images) {
      if (distinct.stream().noneMatch(d -> d.shown().sha256().equals(image.shown().sha256()))) {
        distinct.add(image);
      }
    }
    return distinct;
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0]; // the caller says that it is missing
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
