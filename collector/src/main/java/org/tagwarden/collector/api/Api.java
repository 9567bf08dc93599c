package org.tagwarden.collector.api;

import static java.util.Map.entry;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.access.AccessServices;
import org.tagwarden.collector.alerts.AlertServices;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.evidence.EvidencePacks;
import org.tagwarden.collector.governance.AuthorizationBook;
import org.tagwarden.collector.governance.DecisionBook;
import org.tagwarden.collector.governance.TagRequests;
import org.tagwarden.collector.governance.policy.Policies;
import org.tagwarden.collector.intake.ReportIntake;
import org.tagwarden.collector.performance.LighthouseIntake;
import org.tagwarden.collector.schedule.JobQueue;
import org.tagwarden.collector.schedule.Scans;
import org.tagwarden.collector.schedule.Schedules;
import org.tagwarden.collector.site.Clients;
import org.tagwarden.collector.site.Sites;

/** Every operation of api.yaml, one line each. */
public final class Api {
  private Api() {}

  /** The services that the operations act through. */
  public record Services(
      Database database,
      AccessServices access,
      Clients clients,
      Sites sites,
      Schedules schedules,
      Scans scans,
      JobQueue jobs,
      ReportIntake intake,
      LighthouseIntake lighthouse,
      DecisionBook decisions,
      AuthorizationBook authorizations,
      Policies policies,
      TagRequests requests,
      EvidencePacks evidence,
      AlertServices alerts) {}

  /** The routes, ready to be mounted. */
  public static ApiRoutes routes(Vertx vertx, ServerConfig config, Services services, Clock clock) {
    return new ApiRoutes(
        vertx, services.access().tokens(), handlers(vertx, config, services, clock));
  }

  private static Map<String, ApiHandler> handlers(
      Vertx vertx, ServerConfig config, Services services, Clock clock) {
    ReportBody body = new ReportBody(vertx, config.limits());
    SiteCalls sites = new SiteCalls(services.clients(), services.sites());
    ScanCalls scans = new ScanCalls(services.schedules(), services.scans(), services.jobs());
    InventoryCalls inventory =
        new InventoryCalls(services.database(), services.sites(), services.decisions(), clock);
    AuthorizationCalls authorizations =
        new AuthorizationCalls(
            services.clients(),
            services.sites(),
            services.authorizations(),
            services.policies(),
            services.requests());
    AlertCalls alerts = new AlertCalls(services.alerts());
    EvidenceCalls evidence = new EvidenceCalls(services.evidence());
    OwnerCalls owners = new OwnerCalls(services.sites(), services.alerts());
    AccessCalls access =
        new AccessCalls(
            services.access().tokens(),
            services.access().people(),
            services.access().accountLinks(),
            services.access().invitations());
    ScannerCalls scanner =
        new ScannerCalls(services.jobs(), services.intake(), services.lighthouse(), body);
    return Map.ofEntries(
        entry("listClients", sites::listClients),
        entry("createClient", sites::createClient),
        entry("renameClient", sites::renameClient),
        entry("listSites", sites::listSites),
        entry("createSite", sites::createSite),
        entry("getSite", sites::getSite),
        entry("changeSite", sites::changeSite),
        entry("archiveSite", sites::archiveSite),
        entry("restoreSite", sites::restoreSite),
        entry("listSchedules", scans::listSchedules),
        entry("setSchedule", scans::setSchedule),
        entry("deleteSchedule", scans::deleteSchedule),
        entry("listScans", scans::listScans),
        entry("scanNow", scans::scanNow),
        entry("getScan", scans::getScan),
        entry("listScanners", scans::listScanners),
        entry("listTags", inventory::listTags),
        entry("listDecisions", inventory::listDecisions),
        entry("decide", inventory::decide),
        entry("listAuthorizations", authorizations::listAuthorizations),
        entry("saveAuthorization", authorizations::saveAuthorization),
        entry("withdrawAuthorization", authorizations::withdrawAuthorization),
        entry("authorizationHistory", authorizations::authorizationHistory),
        entry("exportPolicy", authorizations::exportPolicy),
        entry("planPolicy", authorizations::planPolicy),
        entry("applyPolicy", authorizations::applyPolicy),
        entry("listRequests", authorizations::listRequests),
        entry("askForTag", authorizations::askForTag),
        entry("answerRequest", authorizations::answerRequest),
        entry("exportEvidence", evidence::exportEvidence),
        entry("getScopeNote", evidence::getScopeNote),
        entry("writeScopeNote", evidence::writeScopeNote),
        entry("listFindings", inventory::listFindings),
        entry("listAlerts", inventory::listAlerts),
        entry("listAlertRules", alerts::listAlertRules),
        entry("createAlertRule", alerts::createAlertRule),
        entry("changeAlertRule", alerts::changeAlertRule),
        entry("deleteAlertRule", alerts::deleteAlertRule),
        entry("listAlertDestinations", alerts::listAlertDestinations),
        entry("createAlertDestination", alerts::createAlertDestination),
        entry("deleteAlertDestination", alerts::deleteAlertDestination),
        entry("testAlertDestination", alerts::testAlertDestination),
        entry("listUnreachedAddresses", alerts::listUnreachedAddresses),
        entry("clearUnreachedAddress", alerts::clearUnreachedAddress),
        entry("listOwners", owners::listOwners),
        entry("nameOwner", owners::nameOwner),
        entry("withdrawOwner", owners::withdrawOwner),
        entry("getEscalationPath", owners::getEscalationPath),
        entry("setEscalationPath", owners::setEscalationPath),
        entry("deleteEscalationPath", owners::deleteEscalationPath),
        entry("getClientEscalationPath", owners::getClientEscalationPath),
        entry("setClientEscalationPath", owners::setClientEscalationPath),
        entry("deleteClientEscalationPath", owners::deleteClientEscalationPath),
        entry("listStandards", owners::listStandards),
        entry("getStandard", owners::getStandard),
        entry("writeStandard", owners::writeStandard),
        entry("listTokens", access::listTokens),
        entry("createToken", access::createToken),
        entry("withdrawToken", access::withdrawToken),
        entry("listPeople", access::listPeople),
        entry("listInvitations", access::listInvitations),
        entry("invite", access::invite),
        entry("withdrawInvitation", access::withdrawInvitation),
        entry("setRole", access::setRole),
        entry("makeLink", access::makeLink),
        entry("closeAccount", access::closeAccount),
        entry("openAccount", access::openAccount),
        entry(
            "exportAudit",
            call -> services.access().auditDownloads().make(call.principal()).map(ApiAnswer::ok)),
        entry("claimJob", scanner::claim),
        entry("keepJob", scanner::heartbeat),
        entry("finishJob", scanner::finish),
        entry("handInScanReport", scanner::scanReport),
        entry("handInLighthouseReport", scanner::lighthouseReport));
  }
}
