package org.tagwarden.collector.evidence;

import java.util.List;

/** The pack's plain texts. */
final class PackText {
  static final String README = "README.txt";
  static final String SUMS = "SHA256SUMS";

  static final String BY_HAND =
      """
      openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in manifest.json -sigfile manifest.sig
      openssl pkey -pubin -in public-key.pem -outform DER | sha256sum     # the key's fingerprint
      sha256sum -c SHA256SUMS                                            # its own sum stands in manifest.json""";

  private PackText() {}

  static String readme(PackScope scope, Tally tally) {
    StringBuilder text = new StringBuilder();
    text.append("Evidence pack\n=============\n\n");
    text.append(scope.site().clientName()).append(": ").append(scope.site().name());
    text.append(", ").append(scope.site().baseUrl()).append('\n');
    text.append(scope.period().from()).append(" to ").append(scope.period().to());
    text.append(", days and times are UTC\n");
    text.append("Made ").append(scope.madeAt()).append(" by ").append(scope.madeBy());
    text.append(
        "\n\nreport.html is for reading and printing. Every table of it, and more, is in\n");
    text.append(
        "data/ as CSV (for spreadsheets) and JSON (for programs), with the same lines:\n\n");
    for (Sheet sheet : Sheets.ALL) {
      text.append("  %-24s%8d  %s%n".formatted(sheet.name(), tally.of(sheet), sheet.about()));
    }
    text.append(
        "\nA sheet without lines is a CSV file with its header row alone, and an empty list in JSON.\n"
            + "data/columns.csv says what every column means. In JSON each record begins with the\n"
            + "SHA-256 of the record before it, in the line above, without its comma.\n"
            + "audit/entries.jsonl holds the audit log's entries as they were hashed.\n\n"
            + "Check it\n--------\n\n"
            + "tagwarden evidence verify FILE.zip --key FINGERPRINT\n\n"
            + "or, without Tagwarden, in the unpacked folder:\n\n"
            + BY_HAND
            + "\n\nThe fingerprint of the key that signed this pack is\n"
            + scope.fingerprint()
            + "\nCompare it with the one that you were given by another way.\n");
    return text.toString().replace("\r\n", "\n");
  }

  /** As sha256sum reads it. */
  static String sums(List<PackedFile> files) {
    StringBuilder text = new StringBuilder();
    for (PackedFile file : files) {
      text.append(file.sha256()).append("  ").append(file.name()).append('\n');
    }
    return text.toString();
  }
}
