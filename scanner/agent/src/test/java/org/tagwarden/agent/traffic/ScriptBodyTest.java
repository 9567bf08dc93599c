package org.tagwarden.agent.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ScriptBodyTest {
  private static final String TEXT = "console.log('gr\u00fc\u00df dich');";
  private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);
  private static final String HASH = Hygiene.hex("SHA-256", BYTES);

  @Test
  void everyContentEncodingLeadsToTheSameHashAndText() throws Exception {
    assertThat(decode(BYTES, "").sha256()).isEqualTo(HASH);
    assertThat(decode(gzip(BYTES), "gzip").sha256()).isEqualTo(HASH);
    assertThat(decode(Zstd.compress(BYTES), "zstd").text()).isEqualTo(TEXT);
    assertThat(decode(deflate(false), "deflate").sha256()).isEqualTo(HASH);
    assertThat(decode(deflate(true), "deflate").sha256()).isEqualTo(HASH);
    assertThat(decode(gzip(Zstd.compress(BYTES)), "zstd, gzip").sha256()).isEqualTo(HASH);
    byte[] brotli = Base64.getDecoder().decode("iwWAaGVsbG8gYnJvdGxpAw==");
    assertThat(decode(brotli, "br").text()).isEqualTo("hello brotli");
  }

  @Test
  void anUnknownOrBrokenEncodingIsSaidAndNotGuessed() {
    assertThatThrownBy(() -> decode(BYTES, "gzip")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> decode(BYTES, "compress")).hasMessageContaining("compress");
  }

  @Test
  void aDecompressionBombIsCutOff() {
    byte[] bomb = Zstd.compress(new byte[ScriptBody.MOST_BYTES + 1_000_000]);
    assertThat(bomb.length).isLessThan(100_000);
    assertThatThrownBy(() -> decode(bomb, "zstd")).hasMessageContaining("larger than");
  }

  @Test
  void theTextIsReadInTheCharsetThatTheServerNames() throws Exception {
    byte[] latin = TEXT.getBytes(StandardCharsets.ISO_8859_1);
    assertThat(ScriptBody.decode(latin, "", "text/javascript; charset=iso-8859-1").text())
        .isEqualTo(TEXT);
  }

  private static ScriptBody decode(byte[] wire, String encoding) throws IOException {
    return ScriptBody.decode(wire, encoding, null);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] deflate(boolean raw) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater(6, raw))) {
      deflater.write(BYTES);
    }
    return out.toByteArray();
  }
}
