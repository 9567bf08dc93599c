package org.tagwarden.collector.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.collector.access.SigningKey;

/** A small pack, and what somebody may do to it. */
class PackFileTest {
  private static final Instant MADE = Instant.parse("2026-04-01T08:30:01Z");
  private static final PackManifest.About ABOUT =
      new PackManifest.About(
          "Bakery",
          "Shop",
          "https://shop.example",
          "2026-01-01",
          "2026-03-31",
          "UTC",
          MADE.toString(),
          "Ann");

  @TempDir Path folder;
  private Path pack;
  private SigningKey key;

  @BeforeEach
  void make() throws IOException {
    pack = folder.resolve("pack.zip");
    key = SigningKey.in(folder.resolve("evidence-key"));
    write(pack, key);
  }

  private static void write(Path file, SigningKey key) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        PackWriter writer = new PackWriter(out, MADE)) {
      writer.add("data/runs.csv", text("run,state\r\n1,DONE\r\n"));
      writer.add("data/runs.json", text("[\n{\"run\":1}\n]\n"));
      writer.add("data/empty.csv", text(""));
      writer.add("report.html", text("<h1>Shop</h1>".repeat(500)));
      var head = new PackManifest.Head(7, "ab".repeat(32));
      writer.seal(PackManifest.of(ABOUT, head, key, writer.files()), key);
    }
  }

  private static PackWriter.Content text(String text) {
    return out -> out.write(text.getBytes(UTF_8));
  }

  @Test
  void a_pack_as_it_was_made_is_intact_and_says_what_it_is() throws IOException {
    PackVerdict verdict = PackVerifier.verify(pack, key.fingerprint());

    assertThat(verdict.problems()).isEmpty();
    assertThat(verdict.facts())
        .isEqualTo(
            new PackVerdict.Facts(
                "Bakery",
                "Shop",
                "https://shop.example",
                "2026-01-01",
                "2026-03-31",
                MADE.toString(),
                "Ann",
                key.fingerprint(),
                4,
                19 + 14 + 500 * 13,
                7,
                "ab".repeat(32)));
  }

  @Test
  void a_byte_that_is_flipped_anywhere_in_the_zip_is_found() throws IOException {
    byte[] whole = Files.readAllBytes(pack);
    List<Integer> missed = new ArrayList<>();
    // No field of a ZIP is shorter than two bytes: every other byte meets each of them.
    for (int at = 0; at < whole.length; at += 2) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) 0xFF;
      if (verify(flipped).intact()) missed.add(at);
    }
    assertThat(whole).hasSizeGreaterThan(1_000);
    assertThat(missed).isEmpty();
  }

  @Test
  void a_byte_that_is_flipped_in_a_file_names_that_file() throws IOException {
    Map<String, byte[]> files = unpack();
    for (String name : files.keySet()) {
      if (files.get(name).length == 0) continue;
      Map<String, byte[]> changed = new LinkedHashMap<>(files);
      byte[] bytes = files.get(name).clone();
      bytes[bytes.length / 2] ^= 1;
      changed.put(name, bytes);
      List<String> problems = verify(pack(changed)).problems();
      assertThat(problems).as(name).hasSize(1);
      assertThat(String.join(" ", problems)).contains(name);
    }
  }

  @Test
  void a_byte_that_is_flipped_where_a_file_lies_in_the_zip_names_that_file() throws IOException {
    byte[] whole = Files.readAllBytes(pack);
    try (ZipFiles zip = ZipFiles.open(pack)) {
      for (ZipFiles.Entry entry : zip.entries()) {
        byte[] flipped = whole.clone();
        flipped[(int) (entry.start() + entry.packed() / 2)] ^= (byte) 0xFF;
        assertThat(verify(flipped).problems())
            .as(entry.name())
            .singleElement()
            .asString()
            .startsWith(entry.name() + " was changed");
      }
    }
  }

  @Test
  void a_missing_an_added_and_a_renamed_file_are_named() throws IOException {
    Map<String, byte[]> less = unpack();
    less.remove("data/runs.csv");
    assertThat(verify(pack(less)).problems())
        .containsExactly("data/runs.csv is missing: the manifest names it.");

    Map<String, byte[]> more = unpack();
    more.put("data/more.csv", new byte[] {1});
    assertThat(verify(pack(more)).problems())
        .containsExactly("data/more.csv was added: the manifest does not name it.");

    Map<String, byte[]> other = unpack();
    other.put("data/walks.csv", other.remove("data/runs.csv"));
    assertThat(verify(pack(other)).problems())
        .containsExactly("data/runs.csv was renamed: it is called data/walks.csv here.");
  }

  @Test
  void files_that_were_exchanged_are_both_named() throws IOException {
    Map<String, byte[]> files = unpack();
    byte[] csv = files.get("data/runs.csv");
    files.put("data/runs.csv", files.get("data/runs.json"));
    files.put("data/runs.json", csv);

    assertThat(verify(pack(files)).problems())
        .containsExactly(
            "data/runs.csv was changed: its SHA-256 is not the one in the manifest.",
            "data/runs.json was changed: its SHA-256 is not the one in the manifest.");
  }

  @Test
  void a_pack_that_was_cut_off_is_named_wherever_it_ends() throws IOException {
    byte[] whole = Files.readAllBytes(pack);
    List<Integer> missed = new ArrayList<>();
    for (int length = 0; length < whole.length; length++) {
      if (verify(java.util.Arrays.copyOf(whole, length)).intact()) missed.add(length);
    }
    assertThat(missed).isEmpty();
    assertThat(verify(java.util.Arrays.copyOf(whole, whole.length / 2)).problems())
        .containsExactly("The file is no ZIP, or its end is missing: it was cut off.");
  }

  @Test
  void what_stands_before_behind_or_between_the_files_is_found() throws IOException {
    byte[] whole = Files.readAllBytes(pack);
    ByteArrayOutputStream before = new ByteArrayOutputStream();
    before.write('x');
    before.write(whole);
    ByteArrayOutputStream behind = new ByteArrayOutputStream();
    behind.write(whole);
    behind.write('x');

    assertThat(verify(before.toByteArray()).problems()).isNotEmpty();
    assertThat(verify(behind.toByteArray()).problems()).isNotEmpty();
    assertThat(verify("Hello".getBytes(UTF_8)).problems())
        .containsExactly("The file is no ZIP, or its end is missing: it was cut off.");
  }

  @Test
  void a_pack_of_another_key_is_intact_by_itself_and_refused_where_the_key_is_known()
      throws IOException {
    SigningKey other = SigningKey.in(folder.resolve("other-key"));
    Path theirs = folder.resolve("theirs.zip");
    write(theirs, other);

    assertThat(PackVerifier.verify(theirs, null).problems()).isEmpty();
    assertThat(PackVerifier.verify(theirs, key.fingerprint()).problems())
        .containsExactly(
            "The pack was signed with another key: its fingerprint is "
                + other.fingerprint()
                + ", and "
                + key.fingerprint()
                + " was expected.");

    Map<String, byte[]> mixed = unpack();
    mixed.put("public-key.pem", other.publicPem().getBytes(UTF_8));
    assertThat(verify(pack(mixed)).problems())
        .singleElement()
        .asString()
        .contains("manifest.sig and public-key.pem");
    mixed = unpack();
    mixed.put("manifest.sig", other.sign(mixed.get("manifest.json")));
    assertThat(verify(pack(mixed)).problems())
        .singleElement()
        .asString()
        .startsWith("The signature does not fit");
    mixed.put("public-key.pem", other.publicPem().getBytes(UTF_8));
    assertThat(verify(pack(mixed)).problems())
        .containsExactly("manifest.json names another key than the one it is signed with.");
  }

  @Test
  void without_manifest_signature_or_key_nothing_is_relied_on() throws IOException {
    for (String name : List.of("manifest.json", "manifest.sig", "public-key.pem")) {
      Map<String, byte[]> files = unpack();
      files.remove(name);
      PackVerdict verdict = verify(pack(files));
      assertThat(verdict.problems()).containsExactly(name + " is missing.");
      assertThat(verdict.facts()).isNull();
    }
  }

  @Test
  void a_manifest_of_another_kind_is_said_although_it_is_signed() throws IOException {
    Map<String, byte[]> files = unpack();
    byte[] text = "{\"format\": \"tagwarden-evidence\", \"version\": 1}".getBytes(UTF_8);
    files.put("manifest.json", text);
    files.put("manifest.sig", key.sign(text));
    assertThat(verify(pack(files)).problems())
        .singleElement()
        .asString()
        .startsWith("manifest.json cannot be understood: ");
  }

  @Test
  void a_name_that_leads_out_of_the_folder_is_called_by_its_name() throws IOException {
    for (String name :
        List.of(
            "../evil.sh", "/etc/passwd", "data/../../evil", "C:\\evil", "data\\..\\evil", "a b")) {
      Map<String, byte[]> files = unpack();
      files.put(name, new byte[] {1});
      assertThat(verify(pack(files)).problems())
          .singleElement()
          .asString()
          .contains("\"" + name + "\" is no name of a pack's file", "Do not unpack");
    }
  }

  @Test
  void a_file_that_is_there_twice_is_said() throws IOException {
    // The JDK writes no such ZIP: a name of the same length takes the other's place in its bytes.
    Map<String, byte[]> files = unpack();
    files.put("data/runs.cs2", "run,state\r\n".getBytes(UTF_8));
    String bytes = new String(pack(files), java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] twice =
        bytes
            .replace("data/runs.cs2", "data/runs.csv")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    assertThat(verify(twice).problems())
        .contains("data/runs.csv is in the ZIP twice: which one is shown depends on the program.");
  }

  @Test
  void a_bomb_is_unpacked_no_further_than_the_manifest_allows() throws IOException {
    Map<String, byte[]> files = unpack();
    Path bomb = folder.resolve("bomb.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
      for (var file : files.entrySet()) {
        boolean swollen =
            file.getKey().equals("data/runs.csv") || file.getKey().equals("manifest.json");
        zip.putNextEntry(new ZipEntry(file.getKey()));
        byte[] zeros = new byte[1 << 20];
        if (swollen) for (int i = 0; i < 64; i++) zip.write(zeros);
        else zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    assertThat(PackVerifier.verify(bomb, null).problems())
        .containsExactly("manifest.json was changed: it does not fit its checksum in the ZIP.");

    files.put("data/runs.csv", new byte[32 << 20]);
    assertThat(verify(pack(files)).problems())
        .containsExactly("data/runs.csv was changed: its SHA-256 is not the one in the manifest.");
  }

  @Test
  void files_that_another_program_packed_anew_are_not_the_pack_that_was_made() throws IOException {
    Path again = folder.resolve("again.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(again))) {
      zip.setLevel(Deflater.BEST_SPEED);
      for (var file : unpack().entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setComment("packed anew");
        zip.putNextEntry(entry);
        zip.write(file.getValue());
      }
    }
    assertThat(PackVerifier.verify(again, null).problems())
        .hasSize(unpack().size())
        .allMatch(sentence -> sentence.endsWith("packed anew by another program."));
  }

  @Test
  void an_entry_of_the_audit_log_that_does_not_fit_its_hash_is_named() throws IOException {
    String none = "0".repeat(64);
    String text = "{\"at\": \"2026-01-01T00:00:00Z\", \"who\": \"Zoë\"}";
    String hash = Sha256.hex((none + "\n" + text).getBytes(UTF_8));
    String fits =
        "{\"previous\":\"" + none + "\",\"entry\":" + text + ",\"hash\":\"" + hash + "\"}\n";
    String slice =
        "{\"format\":\"tagwarden-audit-slice\",\"version\":1}\n"
            + fits
            + fits.replace("Zoë", "Zoe")
            + "{}\n";
    AuditSlice.Check check = new AuditSlice.Check();
    byte[] bytes = slice.getBytes(UTF_8);
    check.take(bytes, bytes.length);

    assertThat(check.problems())
        .containsExactly(
            "The audit log's entry in line 3 of audit/entries.jsonl does not fit its hash: it was"
                + " changed before the pack was made.",
            "Line 4 of audit/entries.jsonl is no entry of an audit log.");
  }

  @Test
  void the_key_is_made_once_for_its_owner_alone_and_a_broken_one_is_said() throws IOException {
    Path file = folder.resolve("evidence-key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(SigningKey.in(file).fingerprint()).isEqualTo(key.fingerprint());
    assertThat(
            PackVerifier.fingerprint(
                "SHA256:" + key.fingerprint().toUpperCase(java.util.Locale.ROOT)))
        .isEqualTo(key.fingerprint());
    assertThat(PackVerifier.fingerprint(key.fingerprint().replaceAll("(.{8})", "$1 ")))
        .isEqualTo(key.fingerprint());
    assertThat(PackVerifier.fingerprint("abc")).isNull();

    Files.writeString(file, "Hello");
    assertThatThrownBy(() -> SigningKey.in(file)).hasMessageContaining("holds no Ed25519 key");
    assertThatThrownBy(() -> PackVerifier.verify(folder.resolve("none.zip"), null))
        .isInstanceOf(NoSuchFileException.class);
  }

  private PackVerdict verify(byte[] bytes) throws IOException {
    Path file = folder.resolve("changed.zip");
    Files.write(file, bytes);
    return PackVerifier.verify(file, null);
  }

  private Map<String, byte[]> unpack() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(pack))) {
      for (@Nullable ZipEntry entry = zip.getNextEntry();
          entry != null;
          entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  /** These files as whoever changed them would pack them. */
  private static byte[] pack(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
    return bytes.toByteArray();
  }
}
