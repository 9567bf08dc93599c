package org.tagwarden.collector.api;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.Role;

/** Who may take which operation of the API, said a second time beside api.yaml. */
final class OperationRules {
  static final String RULE =
      "{\"least\": \"HIGH\", \"changes\": [\"OPENED\"], \"tell\": \"SITE\", \"rhythm\": \"NOW\","
          + " \"timeZone\": \"UTC\"}";

  static final String DESTINATION =
      "{\"name\": \"D%d\", \"channel\": \"slack\", \"address\": \"secret:room\"}";

  static final String OWNER =
      "{\"duty\": \"IT\", \"rank\": \"OWNER\", \"name\": \"Ida\","
          + " \"email\": \"ida@b.example\", \"reviewOn\": \"2001-01-01\"}";

  private static final String PATH =
      "{\"timeZone\": \"UTC\", \"workDays\": [\"MONDAY\"], \"workFrom\": \"08:00\","
          + " \"workUntil\": \"18:00\", \"steps\": [{\"who\": \"IT_OWNER\"}]}";

  /**
   * What each operation asks for, said a second time so that no edit of api.yaml goes unnoticed.
   */
  static final Map<String, Expected> ALL =
      Map.ofEntries(
          entry("listClients", reads()),
          entry("createClient", everywhere(Role.ADMIN, "{\"name\": \"Brewery %d\"}")),
          entry("renameClient", writes(Role.ADMIN, "{\"name\": \"Bakery\"}")),
          entry("listSites", reads()),
          entry(
              "createSite",
              writes(Role.APPROVER, "{\"name\": \"Site %d\", \"baseUrl\": \"https://a.example\"}")),
          entry("getSite", reads()),
          entry("changeSite", writes(Role.APPROVER, "{\"lighthouse\": false}")),
          entry("archiveSite", writes(Role.APPROVER, null)),
          entry("restoreSite", writes(Role.APPROVER, null)),
          entry("listSchedules", reads()),
          entry(
              "setSchedule",
              writes(Role.APPROVER, "{\"cron\": \"0 6 * * *\", \"timeZone\": \"UTC\"}")),
          entry("deleteSchedule", writes(Role.APPROVER, null)),
          entry("listScans", reads()),
          entry("scanNow", writes(Role.REQUESTER, "{\"kind\": \"VISITS\"}")),
          entry("getScan", reads()),
          entry("listScanners", reads()),
          entry("listTags", reads()),
          entry("listDecisions", reads()),
          entry(
              "decide",
              writes(
                  Role.APPROVER,
                  "{\"tag\": \"x/y\", \"state\": \"APPROVED\", \"justification\": \"Needed.\"}")),
          entry("listAuthorizations", reads()),
          entry(
              "saveAuthorization",
              writes(
                  Role.APPROVER,
                  "{\"vendor\": \"V%d\", \"verdict\": \"approved\", \"justification\": \"Needed.\"}")),
          entry("withdrawAuthorization", writes(Role.APPROVER, "{\"reason\": \"Over.\"}")),
          entry("authorizationHistory", reads()),
          entry("exportPolicy", reads()),
          entry("planPolicy", writes(Role.APPROVER, "{\"policy\": \"authorizations: []\"}")),
          entry("applyPolicy", writes(Role.APPROVER, "{\"policy\": \"authorizations: []\"}")),
          entry("listRequests", reads()),
          entry(
              "askForTag",
              writes(Role.REQUESTER, "{\"what\": \"Hotjar\", \"reason\": \"Heatmaps.\"}")),
          entry("answerRequest", writes(Role.REQUESTER, "{\"state\": \"WITHDRAWN\"}")),
          entry("exportAudit", everywhere(Role.AUDITOR, null)),
          entry("exportEvidence", either(Role.APPROVER, Role.AUDITOR)),
          entry("getScopeNote", reads()),
          entry(
              "writeScopeNote",
              writes(
                  Role.APPROVER,
                  "{\"after\": 0, \"environment\": \"TEST\", \"payment\": \"NONE\"}")),
          entry("listFindings", reads()),
          entry("listAlerts", reads()),
          entry("listAlertRules", reads()),
          entry("createAlertRule", writes(Role.APPROVER, RULE)),
          entry("changeAlertRule", writes(Role.APPROVER, RULE)),
          entry("deleteAlertRule", writes(Role.APPROVER, null)),
          entry("listAlertDestinations", reads()),
          entry("createAlertDestination", writes(Role.ADMIN, DESTINATION)),
          entry("deleteAlertDestination", writes(Role.ADMIN, null)),
          entry("testAlertDestination", writes(Role.ADMIN, null)),
          entry("listUnreachedAddresses", reads()),
          entry("clearUnreachedAddress", writes(Role.ADMIN, "{\"email\": \"a@b.example\"}")),
          entry("listOwners", reads()),
          entry("nameOwner", writes(Role.APPROVER, OWNER)),
          entry("withdrawOwner", writes(Role.APPROVER, null)),
          entry("getEscalationPath", reads()),
          entry("setEscalationPath", writes(Role.APPROVER, PATH)),
          entry("deleteEscalationPath", writes(Role.APPROVER, null)),
          entry("getClientEscalationPath", reads()),
          entry("setClientEscalationPath", writes(Role.APPROVER, PATH)),
          entry("deleteClientEscalationPath", writes(Role.APPROVER, null)),
          entry("listStandards", reads()),
          entry("getStandard", reads()),
          entry("writeStandard", writes(Role.APPROVER, "{\"after\": 0, \"text\": \"# Tags\"}")),
          entry("listTokens", writes(Role.ADMIN, null)),
          entry("createToken", everywhere(Role.ADMIN, "{\"name\": \"t\", \"role\": \"viewer\"}")),
          entry("withdrawToken", writes(Role.ADMIN, null)),
          entry("listPeople", writes(Role.ADMIN, null)),
          entry("listInvitations", writes(Role.ADMIN, null)),
          entry(
              "invite",
              everywhere(
                  Role.ADMIN,
                  "{\"email\": \"p%d@example.com\", \"name\": \"P\", \"role\": \"viewer\"}")),
          entry("withdrawInvitation", writes(Role.ADMIN, null)),
          entry("setRole", everywhere(Role.ADMIN, "{\"role\": \"viewer\"}")),
          entry("makeLink", writes(Role.ADMIN, null)),
          entry("closeAccount", everywhere(Role.ADMIN, null)),
          entry("openAccount", everywhere(Role.ADMIN, null)),
          entry(
              "claimJob",
              everywhere(Role.SCANNER, "{\"scanner\": \"s\", \"kinds\": [\"LIGHTHOUSE\"]}")),
          entry("keepJob", everywhere(Role.SCANNER, null)),
          entry("finishJob", everywhere(Role.SCANNER, "{\"problem\": null}")),
          entry("handInScanReport", everywhere(Role.SCANNER, "{}")),
          entry("handInLighthouseReport", everywhere(Role.SCANNER, "{}")));

  private OperationRules() {}

  /**
   * @param role the least role
   * @param body a body that api.yaml allows; %d is replaced by a fresh number
   * @param forAllClients whether it must be held for all clients
   * @param or another role that does as well
   */
  record Expected(Role role, @Nullable String body, boolean forAllClients, @Nullable Role or) {
    List<Role> roles() {
      return or == null ? List.of(role) : List.of(role, or);
    }

    boolean covered(Role by) {
      return roles().stream().anyMatch(by::covers);
    }
  }

  private static Expected either(Role role, Role or) {
    return new Expected(role, null, false, or);
  }

  private static Expected reads() {
    return new Expected(Role.VIEWER, null, false, null);
  }

  private static Expected writes(Role role, @Nullable String body) {
    return new Expected(role, body, false, null);
  }

  private static Expected everywhere(Role role, @Nullable String body) {
    return new Expected(role, body, true, null);
  }
}
