package org.tagwarden.collector.db;

import com.github.luben.zstd.Zstd;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Stored texts are zstd frames: level 3 is where more effort stops to pay. */
public final class Blobs {
  private static final int LEVEL = 3;

  private Blobs() {}

  /** Compressed. */
  public static Buffer pack(byte[] plain) {
    return Buffer.buffer(Zstd.compress(plain, LEVEL));
  }

  /** A text, compressed. */
  public static Buffer pack(String text) {
    return pack(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What was packed; fails when it is damaged. */
  public static byte[] unpack(Buffer packed) {
    byte[] frame = packed.getBytes();
    long size = Zstd.getFrameContentSize(frame);
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw new IllegalStateException("A stored blob is damaged: it says it holds " + size);
    }
    return Zstd.decompress(frame, (int) size);
  }

  /** A text that was packed. */
  public static String text(Buffer packed) {
    return new String(unpack(packed), StandardCharsets.UTF_8);
  }
}
