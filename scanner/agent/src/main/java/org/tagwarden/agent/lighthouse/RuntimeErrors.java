package org.tagwarden.agent.lighthouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Lighthouse says when it gives up, as our problems. */
final class RuntimeErrors {
  private static final Pattern IN_OUTPUT =
      Pattern.compile(
          "\"runtimeError\": \\{\\s*\"code\": (\"[^\"]+\"),\\s*\"message\": (\"(?:[^\"\\\\]|\\\\.)*\")");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int TOLD = 300;

  private RuntimeErrors() {}

  static LighthouseFailure failure(String url, String code, String message) {
    String ours =
        switch (code) {
          case "INSECURE_DOCUMENT_REQUEST" -> "bad-certificate";
          case "DNS_FAILURE" -> "dns-failure";
          case "CHROME_INTERSTITIAL_ERROR", "FAILED_DOCUMENT_REQUEST" -> "page-not-reached";
          case "ERRORED_DOCUMENT_REQUEST" -> "http-status";
          case "NOT_HTML" -> "no-page";
          case "NO_FCP", "NO_LCP" -> "nothing-painted";
          case "PAGE_HUNG", "PROTOCOL_TIMEOUT" -> "page-hung";
          case "TARGET_CRASHED" -> "tab-crashed";
          default -> "lighthouse-failed";
        };
    return new LighthouseFailure(
        "measure", ours, "Lighthouse could not measure " + url + ": " + message);
  }

  /** From what the program printed before it ended with an error. */
  static LighthouseFailure fromOutput(String url, int exitCode, String output) {
    Matcher said = IN_OUTPUT.matcher(output);
    if (said.find()) {
      try {
        return failure(
            url,
            JSON.readValue(said.group(1), String.class),
            JSON.readValue(said.group(2), String.class));
      } catch (JsonProcessingException e) {
        // Not what it looked like: the last lines speak for themselves.
      }
    }
    String last = output.strip();
    return new LighthouseFailure(
        "measure",
        "lighthouse-failed",
        "Lighthouse ended with code "
            + exitCode
            + " on "
            + url
            + " and said: "
            + last.substring(Math.max(0, last.length() - TOLD)));
  }
}
