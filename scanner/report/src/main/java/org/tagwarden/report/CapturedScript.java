package org.tagwarden.report;

import org.jspecify.annotations.Nullable;

/**
 * One script that the browser parsed or that was served as one.
 *
 * @param id unique within the visit, from 1
 * @param requestId the request that brought it; null for inline and evaluated scripts
 * @param url its URL; for an inline script the document's; for an evaluated one of the {@code
 *     sourceURL} or of the script that evaluated it
 * @param createdBy URL of the script that inserted or evaluated it; null when it stands in the
 *     document
 * @param sha256 of the decoded body, lower-case hex
 * @param sha384 likewise, for Subresource Integrity
 * @param length characters of the text
 * @param line where it starts in its document, from 1; 0 when unknown
 */
public record CapturedScript(
    int id,
    ScriptKind kind,
    @Nullable Integer requestId,
    String url,
    @Nullable String frameId,
    @Nullable String createdBy,
    String sha256,
    @Nullable String sha384,
    long length,
    int line) {
  public CapturedScript {
    Require.present(kind, "script.kind");
    Require.present(url, "script.url");
    Require.notBlank(sha256, "script.sha256");
  }
}
