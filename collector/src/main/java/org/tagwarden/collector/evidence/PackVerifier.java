package org.tagwarden.collector.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.SigningKey;
import org.tagwarden.collector.evidence.ZipFiles.Entry;

/**
 * Checks a pack by itself: no server, no database, nothing unpacked to the disk, and no more
 * unpacked than the signed manifest allows.
 */
public final class PackVerifier {
  private static final int LARGEST_MANIFEST = 4 << 20;
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9]+)*(/[A-Za-z0-9_-]+(\\.[A-Za-z0-9]+)*)*");
  private static final List<String> FRAME =
      List.of(PackManifest.PUBLIC_KEY, PackManifest.NAME, PackManifest.SIGNATURE);

  private final ZipFiles zip;
  private final @Nullable String expected;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private PackVerifier(ZipFiles zip, @Nullable String expected) {
    this.zip = zip;
    this.expected = expected;
  }

  /** A fingerprint as people copy it, or null when it is none. */
  public static @Nullable String fingerprint(String text) {
    String hex =
        text.toLowerCase(Locale.ROOT).replaceFirst("^sha-?256:", "").replaceAll("[: ]", "");
    return FINGERPRINT.matcher(hex).matches() ? hex : null;
  }

  /**
   * Checks everything; what is wrong is said file by file.
   *
   * @param expected the {@link #fingerprint} of the key that has to have signed it; null: any
   */
  public static PackVerdict verify(Path file, @Nullable String expected) throws IOException {
    try (ZipFiles zip = ZipFiles.open(file)) {
      return new PackVerifier(zip, expected).verify();
    } catch (ZipDamage damage) {
      return new PackVerdict(List.of(String.valueOf(damage.getMessage())), null);
    }
  }

  private PackVerdict verify() throws IOException {
    for (Entry entry : zip.entries()) name(entry);
    PackManifest manifest = manifest();
    if (manifest != null) compare(manifest);
    if (manifest != null && problems.isEmpty()) audit();
    // Where files were changed, the frame around them was, too: that is not said as well.
    if (problems.isEmpty()) problems.addAll(zip.framing());
    return new PackVerdict(problems, manifest == null ? null : facts(manifest));
  }

  private void name(Entry entry) {
    String name = entry.name();
    if (!NAME.matcher(name).matches()) {
      problems.add(
          "\""
              + printable(name)
              + "\" is no name of a pack's file: it may lead out of the folder. Do not unpack this"
              + " ZIP.");
    } else if (entries.putIfAbsent(name, entry) != null) {
      problems.add(name + " is in the ZIP twice: which one is shown depends on the program.");
    }
  }

  private static String printable(String name) {
    String clean = name.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > 200 ? clean.substring(0, 200) + "…" : clean;
  }

  /** The manifest, when it was signed by the key beside it; else null, and said. */
  private @Nullable PackManifest manifest() throws IOException {
    Map<String, byte[]> frame = new LinkedHashMap<>();
    for (String name : FRAME) {
      byte[] bytes = small(name);
      if (bytes != null) frame.put(name, bytes);
    }
    byte[] text = frame.get(PackManifest.NAME);
    byte[] signature = frame.get(PackManifest.SIGNATURE);
    byte[] pem = frame.get(PackManifest.PUBLIC_KEY);
    if (text == null || signature == null || pem == null) return null;
    PublicKey key;
    try {
      key = SigningKey.publicKey(new String(pem, StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      problems.add(PackManifest.PUBLIC_KEY + " holds no Ed25519 public key: it was changed.");
      return null;
    }
    if (!SigningKey.signed(key, text, signature)) {
      problems.add(
          "The signature does not fit: one of manifest.json, manifest.sig and public-key.pem was"
              + " changed, or is of another pack or key. Nothing in this pack can be relied on.");
      return null;
    }
    return signedBy(key, text);
  }

  private @Nullable PackManifest signedBy(PublicKey key, byte[] text) {
    String actual = SigningKey.fingerprint(key);
    if (expected != null && !expected.equals(actual)) {
      problems.add(
          "The pack was signed with another key: its fingerprint is "
              + actual
              + ", and "
              + expected
              + " was expected.");
    }
    try {
      PackManifest manifest = PackManifest.read(text);
      if (!manifest.key().fingerprint().equals(actual)) {
        problems.add("manifest.json names another key than the one it is signed with.");
      }
      return manifest;
    } catch (IOException e) {
      problems.add("manifest.json cannot be understood: " + firstLine(e) + ".");
      return null;
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("it is no JSON");
  }

  /** One of the three files that no manifest names; null when it is not as it was. */
  private byte @Nullable [] small(String name) throws IOException {
    Entry entry = entries.get(name);
    if (entry == null) {
      problems.add(name + " is missing.");
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean whole =
        zip.unpack(
            entry,
            (piece, length) -> {
              bytes.write(piece, 0, length);
              return bytes.size() <= LARGEST_MANIFEST;
            });
    if (whole) return bytes.toByteArray();
    problems.add(name + " was changed: it does not fit its checksum in the ZIP.");
    return null;
  }

  private void compare(PackManifest manifest) throws IOException {
    Set<String> named = new HashSet<>(FRAME);
    List<PackedFile> missing = new ArrayList<>();
    for (PackedFile file : manifest.files()) {
      named.add(file.name());
      Entry entry = entries.get(file.name());
      if (entry == null) {
        missing.add(file);
      } else if (!file.sha256().equals(hash(entry, file.bytes()))) {
        problems.add(
            file.name()
                + " was changed: its SHA-256 is not the one in the manifest"
                + record(entry, file)
                + ".");
      }
    }
    for (Entry entry : entries.values()) if (!named.contains(entry.name())) added(entry, missing);
    for (PackedFile file : missing) {
      problems.add(file.name() + " is missing: the manifest names it.");
    }
  }

  /** Which record of a JSON sheet it is, where that can be told; else "". */
  private String record(Entry entry, PackedFile file) throws IOException {
    if (!file.name().endsWith(".json")) return "";
    RecordChain.Check check = new RecordChain.Check();
    long[] bytes = {0};
    boolean whole =
        zip.unpack(
            entry,
            (piece, length) -> {
              check.take(piece, length);
              bytes[0] += length;
              return bytes[0] <= 2 * file.bytes(); // somebody may have put in a record, or a bomb
            });
    return whole && !check.where().isEmpty() ? " (" + check.where() + ")" : "";
  }

  private void audit() throws IOException {
    Entry entry = entries.get(AuditSlice.NAME);
    if (entry == null) return; // a pack of another kind: the manifest names none
    AuditSlice.Check check = new AuditSlice.Check();
    zip.unpack(entry, check);
    problems.addAll(check.problems());
  }

  private void added(Entry entry, List<PackedFile> missing) throws IOException {
    for (PackedFile file : missing) {
      if (file.bytes() == entry.bytes() && file.sha256().equals(hash(entry, file.bytes()))) {
        problems.add(file.name() + " was renamed: it is called " + entry.name() + " here.");
        missing.remove(file);
        return;
      }
    }
    problems.add(entry.name() + " was added: the manifest does not name it.");
  }

  /** Of what is unpacked, as long as it is no longer than this; null when it is, or is broken. */
  private @Nullable String hash(Entry entry, long longest) throws IOException {
    var digest = Sha256.digest();
    long[] bytes = {0};
    boolean whole =
        zip.unpack(
            entry,
            (piece, length) -> {
              digest.update(piece, 0, length);
              bytes[0] += length;
              return bytes[0] <= longest;
            });
    return whole ? Sha256.hex(digest) : null;
  }

  private static PackVerdict.Facts facts(PackManifest manifest) {
    PackManifest.About about = manifest.about();
    return new PackVerdict.Facts(
        about.client(),
        about.site(),
        about.address(),
        about.from(),
        about.to(),
        about.madeAt(),
        about.madeBy(),
        manifest.key().fingerprint(),
        manifest.files().size(),
        manifest.files().stream().mapToLong(PackedFile::bytes).sum(),
        manifest.audit().entry(),
        manifest.audit().hash());
  }
}
