package org.tagwarden.collector;

/**
 * The frame of every mail's HTML: one table, styles inline, since mail clients drop the rest; the
 * style element only recolours it where a client prefers dark. Nothing is fetched. Pure.
 */
public final class MailFrame {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="supported-color-schemes" content="light dark">
      <title>%1$s</title>
      <style>
      @media (prefers-color-scheme: dark) {
        .back { background: #15191f !important; }
        .card { background: #1f252d !important; border-color: #343c47 !important; }
        .text { color: #e6e9ee !important; }
        .soft { color: #a3adba !important; }
        .line { border-color: #343c47 !important; }
      %2$s}
      %3$s</style>
      </head>
      <body class="back" style="margin:0;padding:0;background:#f3f5f8">
      <table role="presentation" class="back" width="100%%" cellpadding="0" cellspacing="0" style="background:#f3f5f8">
      <tr><td align="center" style="padding:24px 12px">
      <table role="presentation" class="card" width="100%%" cellpadding="0" cellspacing="0" style="max-width:%4$dpx;background:#ffffff;border:1px solid #dde2e9;border-radius:8px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
      %5$s</table>
      </td></tr>
      </table>
      </body>
      </html>
      """;

  private MailFrame() {}

  /**
   * A whole page.
   *
   * @param title escaped
   * @param width of the card at most, in pixels
   * @param dark further rules for clients that prefer dark
   * @param styles further rules
   * @param rows of the card's table
   */
  public static String around(String title, int width, String dark, String styles, String rows) {
    return PAGE.formatted(title, dark, styles, width, rows);
  }
}
