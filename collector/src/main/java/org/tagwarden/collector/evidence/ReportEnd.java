package org.tagwarden.collector.evidence;

import java.io.IOException;
import java.util.List;

/** The report's last sections: the written standard, what a pack cannot say, how to check it. */
final class ReportEnd {
  private final Html html;
  private final Snapshot snapshot;
  private final Tally tally;

  ReportEnd(Html html, Snapshot snapshot, Tally tally) {
    this.html = html;
    this.snapshot = snapshot;
    this.tally = tally;
  }

  void standards() throws IOException {
    html.heading("standards", "10. Deployment standard");
    html.p(
        "What the client has written down about what may be deployed: each version that held at some"
            + " time of the period.");
    if (tally.of(Sheets.STANDARDS) == 0) html.p("Nothing was written down in this period.");
    Sheets.STANDARDS
        .source()
        .each(
            snapshot,
            line -> {
              html.small(
                  "Version "
                      + line.text("version")
                      + ", by "
                      + line.text("by")
                      + ", "
                      + Html.shown(line.when("at"))
                      + (line.has("until")
                          ? " to " + Html.shown(line.when("until"))
                          : ", still holds"));
              html.raw("<pre>" + Html.escape(line.text("text").strip()) + "</pre>\n");
            });
  }

  void limits() throws IOException {
    html.heading("limits", "11. What this pack does not say");
    html.raw(
        """
        <ul>
        <li>It is no statement of compliance with PCI DSS or any other standard. It gathers what 6.4.3 and 11.6.1 ask for, as far as it was watched from outside; an assessor judges it.</li>
        <li>A visit from outside sees what a visitor with this device, this choice in the banner and this address saw at that time. Code that shows itself only to others is not seen.</li>
        <li>Environment and how people pay are what a person wrote down. The frames that were seen on payment pages stand beside it; whether both fit is for the assessor to say.</li>
        <li>What started a script, and in which frame it ran, comes from the reports of visits. Where none is kept any more, this pack names the tag and what deployed it.</li>
        <li>Visits that failed or were met with a challenge say nothing about the site's scripts. They are counted, never as a result.</li>
        <li>Decisions about changes, and deliveries, are told as they stood when the pack was made, also where they came after the period. Authorizations and headers are those of the period's end.</li>
        <li>The signature says that this Tagwarden made the pack and that nothing was changed since. Whoever holds its key and its database could make another one: that is why the key's fingerprint and the audit log's newest hash belong in another place, too.</li>
        </ul>
        """);
  }

  void verify(PackManifest.Head head, List<PackedFile> files) throws IOException {
    html.heading("verify", "12. Files, and how to check them");
    html.p(
        "Every file but three stands with its SHA-256 in manifest.json; manifest.sig signs that with"
            + " Ed25519; public-key.pem is the key. Compare the key's fingerprint with the one that"
            + " you were given by another way. On any machine with Tagwarden, without server and"
            + " database:");
    html.raw(
        "<pre>tagwarden evidence verify FILE.zip --key "
            + snapshot.scope().fingerprint()
            + "</pre>\n");
    html.p("Without Tagwarden, in the unpacked folder:");
    html.raw("<pre>" + Html.escape(PackText.BY_HAND) + "</pre>\n");
    html.p(
        "The audit log's newest entry when the pack was made was number "
            + head.entry()
            + " with the hash "
            + head.hash()
            + ". A whole log that is exported later has to contain it: tagwarden audit verify LOG"
            + " --head HASH.");
    html.p(
        "In JSON every record begins with the SHA-256 of the record before it: so the verifier says which record was"
            + " changed. data/columns.csv says what each column means.");
    html.table("25 File", "10 Lines", "What a line is");
    for (Sheet sheet : Sheets.ALL) {
      html.row(
          Html.both(Html.code(sheet.csv()), Html.code(sheet.json())),
          Html.text(tally.of(sheet)),
          Html.text(sheet.about()));
    }
    html.endTable();
    html.p(
        "Beside them: audit/entries.jsonl, README.txt, SHA256SUMS and the three files of the"
            + " signature. Together these "
            + files.size()
            + " files of data have "
            + files.stream().mapToLong(PackedFile::bytes).sum()
            + " bytes.");
  }
}
