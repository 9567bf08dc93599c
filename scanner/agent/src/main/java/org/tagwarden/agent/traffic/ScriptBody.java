package org.tagwarden.agent.traffic;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The decoded body of a script with its hashes.
 *
 * @param decodedBytes length after content decoding
 */
public record ScriptBody(String sha256, String sha384, long decodedBytes, String text) {
  /** No script of the web comes near it; a decompression bomb does. */
  static final int MOST_BYTES = 24 << 20;

  /** Decodes a body as it went over the wire; the exception's message says what was wrong. */
  static ScriptBody decode(byte[] wire, String contentEncoding, @Nullable String contentType)
      throws IOException {
    byte[] decoded = wire;
    String[] encodings = contentEncoding.toLowerCase(Locale.ROOT).split(",", -1);
    for (int i = encodings.length - 1; i >= 0; i--) decoded = decode(decoded, encodings[i].strip());
    return new ScriptBody(
        Hygiene.hex("SHA-256", decoded),
        Hygiene.hex("SHA-384", decoded),
        decoded.length,
        new String(decoded, charset(contentType)));
  }

  private static byte[] decode(byte[] wire, String encoding) throws IOException {
    if (encoding.isEmpty() || encoding.equals("identity") || wire.length == 0) return wire;
    InputStream in = new ByteArrayInputStream(wire);
    try (InputStream decoder =
        switch (encoding) {
          case "gzip", "x-gzip" -> new GZIPInputStream(in);
          case "br" -> new BrotliInputStream(in);
          case "zstd" -> new ZstdInputStream(in);
          case "deflate" -> inflater(wire);
          default -> throw new IOException("its content encoding " + encoding + " is not known");
        }) {
      return read(decoder);
    }
  }

  /** Servers send deflate with the zlib head and without it. */
  private static InputStream inflater(byte[] wire) {
    boolean zlib =
        wire.length > 1
            && (wire[0] & 0x0f) == 8
            && ((wire[0] << 8 | wire[1] & 0xff) & 0xffff) % 31 == 0;
    return new InflaterInputStream(new ByteArrayInputStream(wire), new Inflater(!zlib));
  }

  private static byte[] read(InputStream decoder) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[16_384];
    for (int n = decoder.read(buffer); n >= 0; n = decoder.read(buffer)) {
      out.write(buffer, 0, n);
      if (out.size() > MOST_BYTES)
        throw new IOException("it is larger than " + (MOST_BYTES >> 20) + " MB");
    }
    return out.toByteArray();
  }

  private static Charset charset(@Nullable String contentType) {
    if (contentType == null) return StandardCharsets.UTF_8;
    int at = contentType.toLowerCase(Locale.ROOT).indexOf("charset=");
    if (at < 0) return StandardCharsets.UTF_8;
    String name = contentType.substring(at + 8).replaceAll("[\"';].*", "").strip();
    try {
      return name.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8; // a browser does the same with a name it doesn't know
    }
  }
}
