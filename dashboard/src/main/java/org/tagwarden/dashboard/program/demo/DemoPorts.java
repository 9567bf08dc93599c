package org.tagwarden.dashboard.program.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tagwarden.dashboard.program.ProgramFailure;
import org.tagwarden.dashboard.program.up.Ports;

/** Where the demo's sites and its mail catcher listen. */
public record DemoPorts(int http, int https, int smtp, int mail) {
  public static final String DEFAULT = "8880,8843,8825,8826";
  private static final String OPTION = "--demo-ports";

  /** Four ports, separated by commas. */
  public static DemoPorts parse(String text) {
    try {
      List<Integer> ports =
          Arrays.stream(text.split(",", -1)).map(String::strip).map(Integer::valueOf).toList();
      if (ports.size() == 4
          && ports.stream().distinct().count() == 4
          && ports.stream().allMatch(port -> port > 0 && port < 65_536))
        return new DemoPorts(ports.get(0), ports.get(1), ports.get(2), ports.get(3));
    } catch (NumberFormatException e) {
      // Falls through to the same sentence.
    }
    throw ProgramFailure.usage(
        OPTION + " wants four different ports like " + DEFAULT + ", but got \"" + text + "\".");
  }

  /** Refuses when one of them is taken. */
  public void requireFree() {
    Ports.requireFree("the demo's sites", http, OPTION);
    Ports.requireFree("the demo's sites", https, OPTION);
    Ports.requireFree("the demo's mail server", smtp, OPTION);
    Ports.requireFree("the demo's mail catcher", mail, OPTION);
  }

  /** The server's settings that send its mails into the catcher. */
  public Map<String, String> mailSettings() {
    return Map.of(
        "TAGWARDEN_SMTP_HOST", "127.0.0.1",
        "TAGWARDEN_SMTP_PORT", String.valueOf(smtp),
        "TAGWARDEN_SMTP_TLS", "none",
        "TAGWARDEN_SMTP_FROM", "Tagwarden <tagwarden@agency.example>");
  }

  /** Where a person reads the mails. */
  public String mailAddress() {
    return "http://localhost:" + mail + "/";
  }
}
