package org.tagwarden.playground.net;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Content encodings as a server applies them. */
public final class Encodings {
  /** The most a stored block of brotli holds: its length is written in four nibbles. */
  private static final int BROTLI_BLOCK = 1 << 16;

  private Encodings() {}

  /** RFC 1952. */
  public static byte[] gzip(byte[] body) {
    var out = new ByteArrayOutputStream(body.length / 2 + 32);
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("gzip in memory failed", e);
    }
    return out.toByteArray();
  }

  /** RFC 8878. */
  public static byte[] zstd(byte[] body) {
    return Zstd.compress(body);
  }

  /** So many megabytes of blanks: a bomb for whoever unpacks without a limit. */
  public static byte[] zstdOfBlanks(int megabytes) {
    byte[] blanks = new byte[1 << 20];
    Arrays.fill(blanks, (byte) ' ');
    var out = new ByteArrayOutputStream();
    try (var zstd = new ZstdOutputStream(out)) {
      for (int i = 0; i < megabytes; i++) zstd.write(blanks);
    } catch (IOException e) {
      throw new UncheckedIOException("zstd in memory failed", e);
    }
    return out.toByteArray();
  }

  /**
   * RFC 7932 with stored blocks only: valid brotli that needs no native encoder and saves nothing.
   */
  public static byte[] brotli(byte[] body) {
    var bits = new BitWriter();
    bits.write(0, 1); // WBITS: a window of 64 KB
    for (int from = 0; from < body.length; from += BROTLI_BLOCK) {
      int length = Math.min(BROTLI_BLOCK, body.length - from);
      bits.write(0, 1); // ISLAST
      bits.write(0, 2); // MNIBBLES: four of them
      bits.write(length - 1, 16); // MLEN
      bits.write(1, 1); // ISUNCOMPRESSED
      bits.bytes(body, from, length);
    }
    bits.write(0b11, 2); // ISLAST, ISLASTEMPTY
    return bits.finish();
  }

  /** Bits, least significant first. */
  private static final class BitWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int pending;
    private int count;

    void write(int value, int width) {
      for (int i = 0; i < width; i++) {
        pending |= ((value >> i) & 1) << count;
        if (++count == 8) flush();
      }
    }

    void bytes(byte[] body, int from, int length) {
      if (count > 0) flush();
      out.write(body, from, length);
    }

    byte[] finish() {
      if (count > 0) flush();
      return out.toByteArray();
    }

    private void flush() {
      out.write(pending);
      pending = 0;
      count = 0;
    }
  }
}
