package org.tagwarden.dashboard.pages.account;

import java.util.List;
import java.util.Map;
import org.tagwarden.dashboard.view.QrPicture;

/**
 * One's own account.
 *
 * @param roles what one may do, for each client
 * @param password whether there is one; not for whoever only comes through the sign-in server
 * @param on whether a second factor is asked for
 * @param codesLeft recovery codes that were not used yet
 * @param secret what goes into the app, while it is being set up; "" otherwise
 * @param uri the same as a link
 * @param codes recovery codes that were just made, shown once
 */
public record AccountView(
    String name,
    String email,
    List<RoleLine> roles,
    boolean password,
    boolean on,
    int codesLeft,
    String secret,
    String uri,
    List<String> codes,
    Map<String, String> problems) {

  /**
   * A role.
   *
   * @param path where the client's sites are
   * @param allows what one may do with it, in a sentence
   */
  public record RoleLine(String client, String path, String role, String allows) {}

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }

  /** The same as a picture, for an app on another device. */
  public QrPicture picture() {
    return QrPicture.of(uri);
  }

  /** In groups of four, as one types it. */
  public String secretInGroups() {
    return secret.replaceAll("(.{4})(?!$)", "$1 ");
  }
}
