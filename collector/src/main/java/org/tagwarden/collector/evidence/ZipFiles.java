package org.tagwarden.collector.evidence;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads a ZIP, and says where it is not as {@link PackWriter} writes one: then every byte has one
 * meaning, and none can be changed, added or hidden between the files. Unpacks nothing to the disk.
 */
final class ZipFiles implements Closeable {
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int DESCRIPTOR = 0x08074b50;
  private static final int END = 0x06054b50;
  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL_BYTES = 46;
  private static final int DESCRIPTOR_BYTES = 16;
  private static final int END_BYTES = 22;

  /** Version 2.0, a descriptor behind the data, names in UTF-8, deflated. */
  private static final int VERSION = 20;

  private static final int FLAGS = 0x0808;
  private static final int DEFLATED = 8;
  private static final int STORED = 0;

  private static final int MOST_ENTRIES = 1_000;
  private static final int LONGEST_LIST = 1 << 20;
  private static final int BUFFER = 64 * 1024;

  /**
   * A file in the ZIP.
   *
   * @param plain whether the list speaks of it as ours do
   * @param at where its head begins
   * @param start where its data begins
   */
  record Entry(
      String name,
      boolean plain,
      int method,
      int time,
      int crc,
      long packed,
      long bytes,
      long at,
      long start) {
    long end() {
      return start + packed;
    }
  }

  /** Takes what is unpacked, piece by piece; false: no more, it is too long. */
  interface Sink {
    boolean take(byte[] bytes, int length);
  }

  private final FileChannel channel;
  private final List<Entry> entries = new ArrayList<>();
  private long listAt;

  private ZipFiles(FileChannel channel) {
    this.channel = channel;
  }

  /** Throws a {@link ZipDamage} when it has no list of files that can be read. */
  static ZipFiles open(Path file) throws IOException {
    ZipFiles zip = new ZipFiles(FileChannel.open(file));
    try {
      zip.readList();
      return zip;
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /** In their order, as the list at the end of the ZIP names them. */
  List<Entry> entries() {
    return entries;
  }

  private void readList() throws IOException {
    long size = channel.size();
    if (size < END_BYTES) throw cutOff();
    ByteBuffer end = bytes(size - END_BYTES, END_BYTES);
    if (end.getInt() != END) throw cutOff();
    int disks = end.getInt();
    int here = end.getShort() & 0xFFFF;
    int count = end.getShort() & 0xFFFF;
    long length = end.getInt() & 0xFFFF_FFFFL;
    listAt = end.getInt() & 0xFFFF_FFFFL;
    boolean whole =
        disks == 0 && here == count && end.getShort() == 0 && listAt + length + END_BYTES == size;
    if (!whole || count > MOST_ENTRIES || length > LONGEST_LIST) {
      throw new ZipDamage(
          "The end of the ZIP does not fit its beginning: something was cut out, added or changed.");
    }
    ByteBuffer list = bytes(listAt, (int) length);
    for (int i = 0; i < count; i++) entries.add(listed(list));
    if (list.hasRemaining()) throw listChanged();
  }

  private static ZipDamage cutOff() {
    return new ZipDamage("The file is no ZIP, or its end is missing: it was cut off.");
  }

  private static ZipDamage listChanged() {
    return new ZipDamage("The ZIP's list of its files was changed: it cannot be read.");
  }

  private Entry listed(ByteBuffer list) throws IOException {
    if (list.remaining() < CENTRAL_BYTES || list.getInt() != CENTRAL) throw listChanged();
    boolean plain = list.getShort() == VERSION;
    plain &= list.getShort() == VERSION;
    plain &= list.getShort() == FLAGS;
    int method = list.getShort();
    int time = list.getInt();
    int crc = list.getInt();
    long packed = list.getInt() & 0xFFFF_FFFFL;
    long bytes = list.getInt() & 0xFFFF_FFFFL;
    int name = list.getShort() & 0xFFFF;
    int more = (list.getShort() & 0xFFFF) + (list.getShort() & 0xFFFF);
    plain &=
        more == 0 && list.getInt(list.position()) == 0 && list.getInt(list.position() + 4) == 0;
    list.position(list.position() + 8);
    long at = list.getInt() & 0xFFFF_FFFFL;
    if (list.remaining() < name + more) throw listChanged();
    byte[] text = new byte[name];
    list.get(text);
    list.position(list.position() + more);
    String called = new String(text, StandardCharsets.UTF_8);
    plain &= method == DEFLATED;
    return new Entry(called, plain, method, time, crc, packed, bytes, at, start(at));
  }

  /** Where the data of a file begins, as its head says; 0 when there is no head. */
  private long start(long at) throws IOException {
    if (at + LOCAL_BYTES > listAt) return 0;
    ByteBuffer head = bytes(at, LOCAL_BYTES);
    if (head.getInt() != LOCAL) return 0;
    return at + LOCAL_BYTES + (head.getShort(26) & 0xFFFF) + (head.getShort(28) & 0xFFFF);
  }

  /** What is not as it was written around and between the files, a sentence each. */
  List<String> framing() throws IOException {
    List<String> problems = new ArrayList<>();
    long position = 0;
    for (Entry entry : entries) {
      if (!framed(entry, position)) {
        problems.add(
            "What the ZIP says about "
                + entry.name()
                + " was changed, or the files were packed anew by another program.");
      }
      position = entry.end() + DESCRIPTOR_BYTES;
    }
    if (problems.isEmpty() && position != listAt) {
      problems.add("Something stands behind the ZIP's last file that its list does not name.");
    }
    return problems;
  }

  /** Whether it begins here, and its head and its descriptor say what the list says. */
  private boolean framed(Entry entry, long position) throws IOException {
    byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
    boolean here = entry.at() == position && entry.start() == position + LOCAL_BYTES + name.length;
    if (!entry.plain() || !here || entry.end() + DESCRIPTOR_BYTES > listAt) return false;
    ByteBuffer head = bytes(position, LOCAL_BYTES + name.length);
    boolean fits = head.getInt() == LOCAL && head.getShort() == VERSION;
    fits &= head.getShort() == FLAGS;
    fits &= head.getShort() == DEFLATED;
    fits &= head.getInt() == entry.time();
    for (int i = 0; i < 3; i++) fits &= head.getInt() == 0;
    fits &= head.getShort() == name.length;
    fits &= head.getShort() == 0;
    byte[] called = new byte[name.length];
    head.get(called);
    ByteBuffer tail = bytes(entry.end(), DESCRIPTOR_BYTES);
    fits &= tail.getInt() == DESCRIPTOR;
    fits &= tail.getInt() == entry.crc();
    fits &= (tail.getInt() & 0xFFFF_FFFFL) == entry.packed();
    fits &= (tail.getInt() & 0xFFFF_FFFFL) == entry.bytes();
    return fits && Arrays.equals(called, name);
  }

  /** Unpacks a file into the sink; false when it is not what its checksum says. */
  boolean unpack(Entry entry, Sink sink) throws IOException {
    if (entry.start() == 0 || entry.end() > listAt) return false;
    Checked checked = new Checked(sink);
    boolean whole =
        switch (entry.method()) {
          case DEFLATED -> inflate(entry, checked);
          case STORED -> copy(entry, checked);
          default -> false;
        };
    return whole && checked.bytes == entry.bytes() && (int) checked.crc.getValue() == entry.crc();
  }

  private boolean copy(Entry entry, Sink sink) throws IOException {
    for (long at = entry.start(); at < entry.end(); at += BUFFER) {
      int some = (int) Math.min(BUFFER, entry.end() - at);
      if (!sink.take(bytes(at, some).array(), some)) return false;
    }
    return true;
  }

  private boolean inflate(Entry entry, Sink sink) throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      long at = entry.start();
      byte[] out = new byte[BUFFER];
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          if (at >= entry.end()) return false;
          int some = (int) Math.min(BUFFER, entry.end() - at);
          inflater.setInput(bytes(at, some));
          at += some;
        }
        int length = inflater.inflate(out);
        if (length > 0 && !sink.take(out, length)) return false;
        if (length == 0 && inflater.needsDictionary()) return false;
      }
      return at == entry.end() && inflater.getRemaining() == 0;
    } catch (DataFormatException e) {
      return false; // its name is known to the caller, who says it
    } finally {
      inflater.end();
    }
  }

  /** Counts and sums up what passes. */
  private static final class Checked implements Sink {
    private final Sink sink;
    private final CRC32 crc = new CRC32();
    private long bytes;

    Checked(Sink sink) {
      this.sink = sink;
    }

    @Override
    public boolean take(byte[] piece, int length) {
      crc.update(piece, 0, length);
      bytes += length;
      return sink.take(piece, length);
    }
  }

  private ByteBuffer bytes(long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    long at = position;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, at);
      if (read < 0) throw cutOff();
      at += read;
    }
    return buffer.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
