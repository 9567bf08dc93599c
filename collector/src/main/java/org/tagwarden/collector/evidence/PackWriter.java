package org.tagwarden.collector.evidence;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.SigningKey;

/** Writes a pack file by file: nothing is held but what is in hand. */
final class PackWriter implements Closeable {
  /** Beyond, a ZIP needs another form, which fewer programs open. */
  private static final long LARGEST = 0xFFFF_FFFFL - 1;

  private final ZipOutputStream zip;
  private final LocalDateTime time;
  private final List<PackedFile> files = new ArrayList<>();

  /** Writes a file's content. */
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /**
   * @param madeAt the time of every file in it
   */
  PackWriter(OutputStream out, Instant madeAt) {
    this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    // A ZIP's times have two seconds' steps.
    LocalDateTime utc = LocalDateTime.ofInstant(madeAt, ZoneOffset.UTC).withNano(0);
    this.time = utc.withSecond(utc.getSecond() / 2 * 2);
  }

  /** Adds a file that the manifest names. */
  void add(String name, Content content) throws IOException {
    begin(name);
    Hashing hashing = new Hashing(zip);
    content.write(hashing);
    hashing.flush();
    zip.closeEntry();
    if (hashing.bytes > LARGEST) throw tooLarge();
    files.add(new PackedFile(name, Sha256.hex(hashing.digest), hashing.bytes));
  }

  private static Refusal tooLarge() {
    return Refusal.of(
        Refusal.Kind.TOO_BIG, "This pack would be larger than 4 GB: choose a shorter period.");
  }

  /** The files so far, in their order. */
  List<PackedFile> files() {
    return List.copyOf(files);
  }

  /** Adds manifest, signature and public key: nothing follows them. */
  void seal(PackManifest manifest, SigningKey key) throws IOException {
    byte[] text = manifest.bytes();
    plain(PackManifest.PUBLIC_KEY, key.publicPem().getBytes(StandardCharsets.US_ASCII));
    plain(PackManifest.NAME, text);
    plain(PackManifest.SIGNATURE, key.sign(text));
    zip.finish();
  }

  private void plain(String name, byte[] bytes) throws IOException {
    begin(name);
    zip.write(bytes);
    zip.closeEntry();
  }

  private void begin(String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(time);
    zip.putNextEntry(entry);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** Counts and hashes what passes; closing it closes nothing. */
  private static final class Hashing extends FilterOutputStream {
    private final MessageDigest digest = Sha256.digest();
    private long bytes;

    Hashing(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
      out.write(b, off, len);
      digest.update(b, off, len);
      bytes += len;
    }

    @Override
    public void close() {
      // the ZIP goes on
    }
  }
}
