package org.tagwarden.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrPictureTest {
  private static final String URI =
      "otpauth://totp/Tagwarden:ann%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Tagwarden";

  @Test
  void the_path_draws_the_dark_modules_and_no_others_with_four_free_ones_around() {
    QrPicture picture = QrPicture.of(URI);
    boolean[][] drawn = new boolean[picture.size()][picture.size()];
    Matcher run = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z").matcher(picture.path());
    int end = 0;
    while (run.find()) {
      assertThat(run.start()).isEqualTo(end);
      end = run.end();
      assertThat(run.group(3)).isEqualTo(run.group(4));
      int x = Integer.parseInt(run.group(1));
      for (int i = 0; i < Integer.parseInt(run.group(3)); i++) {
        drawn[Integer.parseInt(run.group(2))][x + i] = true;
      }
    }
    assertThat(end).isEqualTo(picture.path().length());
    QrCode code = QrCode.encodeText(URI, QrCode.Ecc.MEDIUM);
    assertThat(picture.size()).isEqualTo(code.size + 8);
    for (int y = 0; y < picture.size(); y++) {
      for (int x = 0; x < picture.size(); x++) {
        assertThat(drawn[y][x]).as(x + "," + y).isEqualTo(code.getModule(x - 4, y - 4));
      }
    }
  }
}
