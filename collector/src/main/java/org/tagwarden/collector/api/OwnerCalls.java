package org.tagwarden.collector.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.AlertServices;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.governance.AuthorizationJson;
import org.tagwarden.collector.owners.Duty;
import org.tagwarden.collector.owners.EscalationPath;
import org.tagwarden.collector.owners.EscalationPaths;
import org.tagwarden.collector.owners.EscalationPaths.Laid;
import org.tagwarden.collector.owners.EscalationStep;
import org.tagwarden.collector.owners.OwnerDraft;
import org.tagwarden.collector.owners.Owners;
import org.tagwarden.collector.owners.Ownership;
import org.tagwarden.collector.owners.Rank;
import org.tagwarden.collector.owners.Standards;
import org.tagwarden.collector.owners.Standards.Standard;
import org.tagwarden.collector.owners.WorkingHours;
import org.tagwarden.collector.site.Sites;

/** Owners, escalation paths and deployment standards. */
final class OwnerCalls {
  private final Sites sites;
  private final Owners owners;
  private final EscalationPaths paths;
  private final Standards standards;

  OwnerCalls(Sites sites, AlertServices alerts) {
    this.sites = sites;
    this.owners = alerts.owners();
    this.paths = alerts.paths();
    this.standards = alerts.standards();
  }

  /** An escalation path as the API writes and reads it; null fields are as in {@link RuleBody}. */
  record PathBody(
      @Nullable String scope,
      String timeZone,
      Set<DayOfWeek> workDays,
      LocalTime workFrom,
      LocalTime workUntil,
      @Nullable Severity alwaysFrom,
      List<Step> steps,
      @Nullable Integer version) {
    /** Either an office or an address. */
    record Step(
        EscalationStep.@Nullable Office who,
        @Nullable String contact,
        @Nullable Integer waitMinutes,
        @Nullable Severity skippedFrom) {
      private EscalationStep step() {
        return new EscalationStep(
            who,
            contact == null ? "" : contact,
            waitMinutes == null ? 0 : waitMinutes,
            skippedFrom);
      }
    }

    private static PathBody of(Laid laid) {
      EscalationPath path = laid.path();
      return new PathBody(
          path.siteId() == null ? "CLIENT" : "SITE",
          path.hours().zone().getId(),
          path.hours().days(),
          path.hours().from(),
          path.hours().until(),
          path.alwaysFrom(),
          path.steps().stream()
              .map(
                  step ->
                      new Step(
                          step.who(),
                          step.contact().isEmpty() ? null : step.contact(),
                          step.waitMinutes(),
                          step.skippedFrom()))
              .toList(),
          laid.version());
    }

    private EscalationPath path(int clientId, @Nullable Integer siteId) {
      return new EscalationPath(
          clientId,
          siteId,
          new WorkingHours(RuleBody.zone(timeZone), workDays, workFrom, workUntil),
          alwaysFrom,
          steps.stream().map(Step::step).toList());
    }
  }

  Future<ApiAnswer> listOwners(ApiCall call) {
    return owners
        .of(call.principal(), call.number("siteId"))
        .map(all -> ApiAnswer.ok(all.stream().map(OwnerCalls::json).toList()));
  }

  private static Map<String, Object> json(Owners.Named named) {
    Ownership owner = named.owner();
    return Map.of(
        "id",
        owner.id(),
        "tag",
        owner.tagKey(),
        "duty",
        owner.duty(),
        "rank",
        owner.rank(),
        "name",
        owner.name(),
        "email",
        owner.email(),
        "reviewOn",
        owner.reviewOn(),
        "reviewMonths",
        named.reviewMonths(),
        "version",
        named.version());
  }

  Future<ApiAnswer> nameOwner(ApiCall call) {
    JsonObject body = call.body();
    OwnerDraft draft =
        new OwnerDraft(
            body.getString("tag", ""),
            Duty.valueOf(body.getString("duty")),
            Rank.valueOf(body.getString("rank")),
            body.getString("name"),
            body.getString("email"),
            AuthorizationJson.day("reviewOn", body.getString("reviewOn")),
            body.getInteger("reviewMonths", OwnerDraft.A_YEAR));
    return owners
        .assign(call.principal(), call.number("siteId"), draft, body.getInteger("version"))
        .map(id -> ApiAnswer.created(Map.of("id", id)));
  }

  Future<ApiAnswer> withdrawOwner(ApiCall call) {
    return owners
        .withdraw(
            call.principal(), call.number("siteId"), call.number("ownerId"), call.seenVersion())
        .map(done -> ApiAnswer.NOTHING);
  }

  Future<ApiAnswer> getEscalationPath(ApiCall call) {
    return paths.holding(call.principal(), call.number("siteId")).map(OwnerCalls::answer);
  }

  Future<ApiAnswer> getClientEscalationPath(ApiCall call) {
    return paths.ofClient(call.principal(), call.number("clientId")).map(OwnerCalls::answer);
  }

  private static ApiAnswer answer(@Nullable Laid laid) {
    return laid == null ? ApiAnswer.NOTHING : ApiAnswer.ok(PathBody.of(laid));
  }

  Future<ApiAnswer> setEscalationPath(ApiCall call) {
    return ofSite(call, (clientId, siteId) -> set(call, clientId, siteId));
  }

  Future<ApiAnswer> setClientEscalationPath(ApiCall call) {
    return set(call, call.number("clientId"), null);
  }

  private Future<ApiAnswer> set(ApiCall call, int clientId, @Nullable Integer siteId) {
    if (!call.principal().readable().includes(clientId))
      throw Refusal.notFound("There is no such client.");
    EscalationPath path = ApiJson.read(call.body(), PathBody.class).path(clientId, siteId);
    return paths
        .set(call.principal(), path, call.body().getInteger("version"))
        .map(done -> ApiAnswer.NOTHING);
  }

  Future<ApiAnswer> deleteEscalationPath(ApiCall call) {
    return ofSite(call, (clientId, siteId) -> delete(call, clientId, siteId));
  }

  Future<ApiAnswer> deleteClientEscalationPath(ApiCall call) {
    return delete(call, call.number("clientId"), null);
  }

  private Future<ApiAnswer> delete(ApiCall call, int clientId, @Nullable Integer siteId) {
    return paths
        .remove(call.principal(), clientId, siteId, call.seenVersion())
        .map(done -> ApiAnswer.NOTHING);
  }

  private Future<ApiAnswer> ofSite(
      ApiCall call, BiFunction<Integer, Integer, Future<ApiAnswer>> deed) {
    return sites
        .get(call.principal(), call.number("siteId"), Role.APPROVER)
        .compose(site -> deed.apply(site.clientId(), site.id()));
  }

  Future<ApiAnswer> listStandards(ApiCall call) {
    return standards.versions(call.principal(), call.number("clientId")).map(ApiAnswer::ok);
  }

  Future<ApiAnswer> getStandard(ApiCall call) {
    return standards
        .get(call.principal(), call.number("clientId"), call.number("standardVersion"))
        .map(
            found -> {
              Standard standard = found;
              if (standard == null) throw Refusal.notFound("There is no such version.");
              return ApiAnswer.ok(
                  Map.of(
                      "version",
                      standard.version().number(),
                      "by",
                      standard.version().by(),
                      "at",
                      standard.version().at(),
                      "text",
                      standard.text()));
            });
  }

  Future<ApiAnswer> writeStandard(ApiCall call) {
    int after = call.body().getInteger("after");
    return standards
        .write(call.principal(), call.number("clientId"), after, call.body().getString("text"))
        .map(done -> ApiAnswer.created(Map.of("version", after + 1)));
  }
}
