package org.tagwarden.agent.observe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.tagwarden.agent.browser.CdpException;

/** Width and height of a WebP file, from its header. */
record WebpSize(int width, int height) {
  private static final int HEADER = 30;

  /** {@link CdpException} for what is no WebP file: the browser gave something else. */
  static WebpSize of(byte[] file) {
    if (file.length < HEADER) throw new CdpException("the browser's picture is empty");
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    return switch (new String(file, 8, 8, StandardCharsets.US_ASCII)) {
      case "WEBPVP8 " -> new WebpSize(in.getShort(26) & 0x3fff, in.getShort(28) & 0x3fff);
      case "WEBPVP8L" -> {
        int bits = in.getInt(21);
        yield new WebpSize(1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff));
      }
      case "WEBPVP8X" ->
          new WebpSize(1 + (in.getInt(24) & 0xffffff), 1 + (in.getInt(26) >>> 8 & 0xffffff));
      default -> throw new CdpException("the browser's picture is no WebP file");
    };
  }
}
