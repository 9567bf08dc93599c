package org.tagwarden.dashboard;

import static org.tagwarden.collector.db.TestDatabase.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tagwarden.collector.access.AuthenticatorApp;
import org.tagwarden.collector.access.OneTimeLinks.Purpose;
import org.tagwarden.collector.access.Person;
import org.tagwarden.collector.access.PersonDraft;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.dashboard.AuditedScenes.Scene;

/** Those of {@link AuditedScenes} that are about coming in: links, invitations, second factor. */
final class DoorScenes {
  private static final Principal TEST = new Principal(null, "Test", Role.ADMIN, Map.of());
  private static final String FAY = "fay@nordwind.example";
  private static final Map<String, String> PRESENT = Map.of("present", DemoServer.PASSWORD);
  private static final Pattern SECRET = Pattern.compile("secret=([A-Z2-7]+)");
  private static final Pattern RECOVERY = Pattern.compile("[a-z2-7]{4}(-[a-z2-7]{4}){3}");

  private final List<Scene> scenes = new ArrayList<>();
  private final DemoServer server;
  private final DemoServer fresh;
  private final int client;
  private final Browserless ada;
  private Browserless fay = new Browserless("");
  private String fayCode = "";
  private String offer = "";

  DoorScenes(DemoServer server, DemoServer fresh, Browserless ada) {
    this.server = server;
    this.fresh = fresh;
    this.client = server.clientId("Nordwind Retail");
    this.ada = ada;
    door();
    invitations();
    secondFactor();
  }

  List<Scene> all() {
    return scenes;
  }

  private void scene(String route, String action, String who, String way, Runnable play) {
    scenes.add(new Scene(route, server, action, who, way, play));
  }

  private void door() {
    Map<String, String> first =
        Map.of(
            "name",
            "Uma",
            "email",
            "uma@acme.example",
            "client",
            "Acme",
            "password",
            DemoServer.PASSWORD);
    scenes.add(
        new Scene(
            "/setup/:token",
            fresh,
            "set up",
            "Uma",
            "link",
            () -> {
              String link = await(fresh.collector().access().links().forSetUp()).orElseThrow();
              Browserless.atTheDoor(fresh).post("/setup/" + link, first);
            }));
    Map<String, String> wrong = Map.of("email", DemoServer.VIEWER, "password", "wrong, all of it");
    scene(
        "/sign-in",
        "fail to sign in",
        "Mia Castellanos",
        "link",
        () -> Browserless.atTheDoor(server).post("/sign-in", wrong));
    scene(
        "/sign-in",
        "sign in",
        "Mia Castellanos",
        "session",
        () -> Browserless.as(server, DemoServer.VIEWER));
    scene(
        "/forgot",
        "ask for a new password",
        "Mia Castellanos",
        "link",
        () -> Browserless.atTheDoor(server).post("/forgot", Map.of("email", DemoServer.VIEWER)));
    PersonDraft draft = new PersonDraft("eve@tagwarden.example", "Eve");
    Person eve =
        await(
            server.collector().access().people().createUnasked("test", draft, Role.VIEWER, client));
    String link =
        await(
            server
                .collector()
                .access()
                .links()
                .issue(Purpose.INVITE, eve.id(), Duration.ofHours(1)));
    scene(
        "/link/:token",
        "set password",
        "Eve",
        "link",
        () ->
            Browserless.atTheDoor(server)
                .post("/link/" + link, Map.of("password", DemoServer.PASSWORD)));
  }

  private void invitations() {
    String forGil = invited("gil@nordwind.example");
    String forMia = invited(DemoServer.VIEWER);
    scene(
        "/invitation/:token",
        "accept invitation",
        "Gil",
        "link",
        () ->
            Browserless.atTheDoor(server)
                .post(forGil, Map.of("name", "Gil", "password", DemoServer.PASSWORD)));
    scene(
        "/invitation/:token",
        "accept invitation",
        "Mia Castellanos",
        "session",
        () -> Browserless.as(server, DemoServer.VIEWER).post(forMia, Map.of()));
  }

  /** The path of an invitation to the client. */
  private String invited(String email) {
    PersonDraft draft = new PersonDraft(email, "Somebody");
    String link =
        await(server.collector().access().invitations().invite(TEST, draft, Role.VIEWER, client))
            .link();
    return String.valueOf(link).replaceFirst("^https?://[^/]+", "");
  }

  private void secondFactor() {
    int fayId = server.member(FAY, "Fay", Role.VIEWER, client).id();
    scene(
        "/account/second-factor",
        "prepare second factor",
        "Fay",
        "session",
        () -> {
          fay = Browserless.as(server, FAY);
          offer = fay.post("/account/second-factor", PRESENT).body();
        });
    scene("/account/second-factor/confirm", "switch second factor on", "Fay", "session", this::on);
    scene(
        "/sign-in/code",
        "sign in",
        "Fay",
        "session",
        () -> {
          Browserless door = Browserless.atTheDoor(server);
          String half =
              door.post("/sign-in", Map.of("email", FAY, "password", DemoServer.PASSWORD)).body();
          Map<String, String> form = new HashMap<>(Forms.fields(half, "/sign-in/code"));
          form.put("code", fayCode);
          form.remove("csrf");
          door.post("/sign-in/code", form);
        });
    scene(
        "/access/people/:person/second-factor/off",
        "switch second factor off",
        "Ada Lindqvist",
        "session",
        () -> ada.post("/access/people/" + fayId + "/second-factor/off", Map.of()));
    scene(
        "/account/second-factor/off",
        "switch second factor off",
        "Fay",
        "session",
        () -> {
          offer = fay.post("/account/second-factor", PRESENT).body();
          on();
          fay.post("/account/second-factor/off", Map.of("code", fayCode));
        });
    Map<String, String> other =
        Map.of("old", DemoServer.PASSWORD, "password", "quite another set of words");
    scene(
        "/account/password",
        "set password",
        "Fay",
        "session",
        () -> fay.post("/account/password", other));
  }

  private void on() {
    Matcher secret = SECRET.matcher(offer);
    if (!secret.find()) throw new AssertionError(offer);
    String code = new AuthenticatorApp(secret.group(1)).code(Instant.now().getEpochSecond() / 30);
    String codes = fay.post("/account/second-factor/confirm", Map.of("code", code)).body();
    Matcher first = RECOVERY.matcher(codes);
    if (!first.find()) throw new AssertionError(codes);
    fayCode = first.group();
  }
}
