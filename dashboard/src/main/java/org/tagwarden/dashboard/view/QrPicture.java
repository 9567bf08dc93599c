package org.tagwarden.dashboard.view;

import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code as an SVG path, drawn on the server: what is in it goes to nobody else. The template
 * draws it black on white, whatever the theme, since many readers know nothing else.
 *
 * @param size width and height of the view box, with the quiet zone around
 * @param path the dark modules, a run of a row each
 */
public record QrPicture(int size, String path) {
  private static final int QUIET_ZONE = 4;

  /** The code of a text; a QR code holds some two thousand characters. */
  public static QrPicture of(String text) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      int x = 0;
      while (x < code.size) {
        int run = x;
        while (run < code.size && code.getModule(run, y)) run++;
        if (run > x) {
          path.append('M').append(x + QUIET_ZONE).append(' ').append(y + QUIET_ZONE);
          path.append('h').append(run - x).append("v1h-").append(run - x).append('z');
        }
        x = Math.max(run, x + 1);
      }
    }
    return new QrPicture(code.size + 2 * QUIET_ZONE, path.toString());
  }
}
