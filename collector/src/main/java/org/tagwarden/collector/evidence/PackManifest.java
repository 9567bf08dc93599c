package org.tagwarden.collector.evidence;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import org.tagwarden.collector.access.SigningKey;

/**
 * What a pack holds, and what is signed of it: every file with its SHA-256, but itself, its
 * signature and the public key.
 *
 * @param madeAt as ISO 8601 in UTC
 * @param audit the newest entry of the whole audit log when the pack was made
 */
@JsonPropertyOrder({"format", "version", "about", "audit", "key", "files"})
record PackManifest(
    String format, int version, About about, Head audit, Key key, List<PackedFile> files) {
  static final String NAME = "manifest.json";
  static final String SIGNATURE = "manifest.sig";
  static final String PUBLIC_KEY = "public-key.pem";

  private static final String FORMAT = "tagwarden-evidence";
  private static final int VERSION = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /**
   * Whose pack it is.
   *
   * @param from the first day, a UTC day
   * @param to the last day
   */
  @JsonPropertyOrder({"client", "site", "address", "from", "to", "timeZone", "madeAt", "madeBy"})
  record About(
      String client,
      String site,
      String address,
      String from,
      String to,
      String timeZone,
      String madeAt,
      String madeBy) {}

  /** An entry of the audit log, by its number and hash. */
  @JsonPropertyOrder({"entry", "hash"})
  record Head(long entry, String hash) {}

  /** Who signed. */
  @JsonPropertyOrder({"algorithm", "fingerprint"})
  record Key(String algorithm, String fingerprint) {}

  PackManifest {
    files = List.copyOf(files);
  }

  static PackManifest of(About about, Head audit, SigningKey key, List<PackedFile> files) {
    return new PackManifest(
        FORMAT, VERSION, about, audit, new Key(SigningKey.ALGORITHM, key.fingerprint()), files);
  }

  byte[] bytes() {
    try {
      return (JSON.writeValueAsString(this) + "\n")
          .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The manifest could not be written", e);
    }
  }

  /** Throws when it is none that this version understands; the message ends a sentence. */
  static PackManifest read(byte[] bytes) throws IOException {
    PackManifest manifest = JSON.readValue(bytes, PackManifest.class);
    if (!manifest.format.equals(FORMAT)) throw new IOException("its format is another one");
    if (manifest.version != VERSION) {
      throw new IOException(
          "it is of version " + manifest.version + ": check it with a newer Tagwarden");
    }
    return manifest;
  }
}
