package org.tagwarden.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What scripts did, wrote and looked like in a {@link SampleVisit}, record by record. */
final class SampleEvidence {
  final List<ScriptBehaviour> behaviours = new ArrayList<>();
  final List<StorageWrite> storage = new ArrayList<>();
  final List<Screenshot> screenshots = new ArrayList<>();
  final Map<String, String> images = new HashMap<>();
  @Nullable ConsentChoice choice;
  @Nullable JourneyRun journey;

  ConsentPhase phase() {
    return choice == null ? ConsentPhase.BEFORE_CHOICE : ConsentPhase.AFTER_CHOICE;
  }

  void behaviour(
      ScriptBehaviour.Kind kind, String detail, String script, @Nullable String sha256, String by) {
    StackFrame frame = new StackFrame(by, script, 3, 14, sha256, null);
    int number = behaviours.size() + 1;
    behaviours.add(
        new ScriptBehaviour(
            kind,
            detail,
            script,
            sha256,
            by,
            3,
            14,
            SampleVisit.FRAME,
            number,
            100.5 + number,
            phase(),
            List.of(frame)));
  }

  void stored(
      StorageWrite.Kind kind,
      String origin,
      String key,
      String value,
      String script,
      @Nullable String sha256) {
    storage.add(
        new StorageWrite(
            kind,
            origin,
            key,
            SampleReports.hex("SHA-256", value).substring(0, 16),
            value.length(),
            script,
            sha256,
            SampleVisit.FRAME,
            1,
            200.5 + storage.size(),
            phase()));
  }

  /** An image file that is none, but has a hash and stands in the report as one would. */
  void screenshot(Screenshot.Moment moment, String picture) {
    screenshots.add(
        new Screenshot(moment, image(picture), "image/webp", 720, 450, 900.5 + screenshots.size()));
  }

  /** The hash under which the file stands in the report. */
  String image(String picture) {
    String sha256 = SampleReports.hex("SHA-256", picture);
    images.put(
        sha256, Base64.getEncoder().encodeToString(picture.getBytes(StandardCharsets.UTF_8)));
    return sha256;
  }
}
