package org.tagwarden.collector;

import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.ApiTokens;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.site.Site;

/** A whole collector on a fresh database, listening on a free port, its loops standing still. */
public final class RunningCollector implements AutoCloseable {
  /** May do everything everywhere. */
  public static final Principal ADMIN = new Principal(null, "Ann", Role.ADMIN, Map.of());

  private final MovableClock clock = MovableClock.at("2026-03-02T05:00:00Z");
  private final TestDatabase db = TestDatabase.fresh();
  private final Collector collector;
  private final Router router;
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningCollector(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    // What lies there belongs to one database: the newest seal of its audit log.
    environment.putIfAbsent("TAGWARDEN_DATA_DIR", "target/test-data/" + db.settings().database());
    ServerConfig config = ServerConfig.load((Path) null, environment);
    collector = await(Collector.open(db.vertx(), config, db.settings(), clock));
    router = Router.router(db.vertx());
    await(collector.mount(router));
    server = await(db.vertx().createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
  }

  /** With settings as environment variables, for example TAGWARDEN_LIMITS_REPORT_MEGABYTES. */
  public static RunningCollector start(Map<String, String> settings) {
    return new RunningCollector(settings);
  }

  public Collector collector() {
    return collector;
  }

  public Router router() {
    return router;
  }

  public MovableClock clock() {
    return clock;
  }

  public TestDatabase db() {
    return db;
  }

  /** The secret of a new token. {@code clientId} null: for all clients. */
  public String token(Role role, @Nullable Integer clientId) {
    ApiTokens.Draft draft = new ApiTokens.Draft(role.word(), role, clientId, null);
    return await(collector.access().tokens().create(ADMIN, draft)).secret();
  }

  /** The secret of a new token for this site alone. */
  public String siteToken(Role role, Site site) {
    ApiTokens.Draft draft =
        new ApiTokens.Draft(role.word(), role, site.clientId(), site.id(), null);
    return await(collector.access().tokens().create(ADMIN, draft)).secret();
  }

  /** A call with a JSON body (null: none) and a token (null: none). */
  public HttpResponse<String> call(
      String method, String path, @Nullable String token, @Nullable String json) {
    byte[] body = json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
    return call(method, path, token, body, Map.of());
  }

  /** A call with any body and further headers. */
  public HttpResponse<String> call(
      String method,
      String path,
      @Nullable String token,
      byte[] body,
      Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (body.length > 0) request.header("Content-Type", "application/json");
    if (token != null) request.header("Authorization", "Bearer " + token);
    headers.forEach(request::header);
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " got no answer", e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    await(server.close());
    await(collector.close());
    db.close();
  }
}
