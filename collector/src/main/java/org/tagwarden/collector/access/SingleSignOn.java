package org.tagwarden.collector.access;

import com.google.common.io.BaseEncoding;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2AuthorizationURL;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import io.vertx.ext.auth.oauth2.providers.OpenIDConnectAuth;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.ServerConfig.Oidc;
import org.tagwarden.collector.db.Database;

/**
 * Sign-in through an OpenID Connect server: the authorization code flow with PKCE. What has to come
 * back with the code (state, nonce, verifier) waits in a cookie of the browser that began it.
 */
public final class SingleSignOn {
  private static final Logger LOG = LoggerFactory.getLogger(SingleSignOn.class);
  private static final String CALLBACK = "/sign-in/oidc/callback";
  private static final Refusal NOT_BEGUN =
      Refusal.of(
          Refusal.Kind.FORBIDDEN,
          "This sign-in was not begun in this browser, or took too long: begin again.");

  private final Vertx vertx;
  private final Database database;
  private final OidcSessions sessions;
  private final OidcAccounts accounts;
  private final Oidc config;
  private final String redirect;
  private volatile @Nullable Future<OAuth2Auth> provider;

  public SingleSignOn(
      Vertx vertx,
      Database database,
      Sessions sessions,
      AuditLog audit,
      ServerConfig server,
      Clock clock) {
    Oidc config = server.oidc();
    this.vertx = vertx;
    this.database = database;
    this.sessions = new OidcSessions(sessions, SessionRules.of(server), clock);
    this.accounts = new OidcAccounts(config.roles(), audit, clock);
    this.config = config;
    this.redirect = server.publicUrl() + CALLBACK;
  }

  /** What the button says; "" when there is no sign-in server. */
  public String label() {
    return config.issuer() == null ? "" : config.label();
  }

  /**
   * The way to the sign-in server.
   *
   * @param url where the browser goes
   * @param cookie what it keeps meanwhile, and nobody else sees
   */
  public record Way(String url, String cookie) {
    /** Without the secrets, for logs. */
    @Override
    public String toString() {
      return "Way[]";
    }
  }

  /**
   * Begins a sign-in.
   *
   * @param next where to go afterwards; a path of this server
   */
  public Future<Way> begin(String next) {
    String state = SecretToken.generate();
    String nonce = SecretToken.generate();
    String verifier = SecretToken.generate();
    return provider()
        .map(
            auth ->
                new Way(
                    auth.authorizeURL(
                        new OAuth2AuthorizationURL()
                            .setRedirectUri(redirect)
                            .setScopes(List.of(config.scopes().split("[ ,]+")))
                            .setState(state)
                            .setCodeChallenge(challenge(verifier))
                            .setCodeChallengeMethod("S256")
                            .putAdditionalParameter("nonce", nonce)),
                    String.join(".", state, nonce, verifier, encoded(next))));
  }

  /**
   * What the sign-in server sent the browser back with.
   *
   * @param code "" when it did not let somebody in
   * @param error why not; "" when it did
   */
  public record Answer(String state, String code, String error) {}

  /** A sign-in that came back: the session, and where to go. */
  public record Back(Session session, String next) {}

  /**
   * Finishes a sign-in.
   *
   * @param cookie what {@link #begin} left in the browser; null when there is none
   * @param token the session that this browser has; null when it has none
   */
  public Future<Back> finish(
      @Nullable String cookie, Answer answer, @Nullable String token, String address) {
    String[] kept = cookie == null ? new String[0] : cookie.split("\\.", -1);
    if (kept.length != 4 || !same(kept[0], answer.state())) throw NOT_BEGUN;
    if (answer.code().isEmpty()) throw notLetIn(answer.error());
    return provider()
        .compose(
            auth ->
                auth.authenticate(
                        new Oauth2Credentials()
                            .setFlow(OAuth2FlowType.AUTH_CODE)
                            .setCode(answer.code())
                            .setCodeVerifier(kept[2])
                            .setRedirectUri(redirect))
                    .recover(e -> refused(auth, e)))
        .map(user -> claims(user, kept[1]))
        .compose(claims -> enter(claims, token, address))
        .map(session -> new Back(session, decoded(kept[3])));
  }

  /** Its own words are few and plain: access_denied, login_required. */
  private static Refusal notLetIn(String error) {
    boolean word = error.matches("[a-z_]{1,60}");
    return Refusal.of(
        Refusal.Kind.FORBIDDEN,
        "The sign-in server did not let you in" + (word ? " (" + error + ")." : "."));
  }

  private Future<Session> enter(Claims claims, @Nullable String token, String address) {
    return database
        .inTransaction(
            connection ->
                accounts
                    .account(connection, claims, Origin.door(address))
                    .compose(
                        person ->
                            person.isEmpty()
                                ? Future.succeededFuture(Optional.<Session>empty())
                                : sessions
                                    .enter(connection, person.get(), token, address)
                                    .map(Optional::of)))
        // After the transaction: roles that were withdrawn stay withdrawn.
        .map(
            session ->
                session.orElseThrow(
                    () ->
                        Refusal.of(
                            Refusal.Kind.FORBIDDEN,
                            "None of your groups has a role at this Tagwarden: ask an"
                                + " administrator.")));
  }

  /** Issuer, audience and signature were checked by the provider; the nonce is ours to check. */
  private Claims claims(User user, String nonce) {
    JsonObject token = user.attributes().getJsonObject("idToken");
    if (token == null || !isForUs(token) || !same(nonce, String.valueOf(token.getValue("nonce")))) {
      LOG.warn("An ID token of {} was not taken: it is not ours or not for this sign-in", issuer());
      throw Refusal.of(
          Refusal.Kind.FORBIDDEN,
          "The sign-in server's answer does not fit this sign-in: begin again.");
    }
    return Claims.of(token, config.groupsClaim());
  }

  private boolean isForUs(JsonObject token) {
    Object audience = token.getValue("aud");
    boolean forUs =
        audience instanceof JsonArray several
            ? several.contains(config.clientId())
            : config.clientId().equals(audience);
    return forUs && issuer().equals(slashless(String.valueOf(token.getValue("iss"))));
  }

  private Future<User> refused(OAuth2Auth auth, Throwable failure) {
    LOG.warn("The sign-in server {} refused a code", issuer(), failure);
    // It may have other keys by now: the next sign-in knows them.
    auth.jWKSet().onFailure(e -> LOG.warn("Keys of {} could not be read", issuer(), e));
    return Future.failedFuture(
        Refusal.of(
            Refusal.Kind.FORBIDDEN,
            "The sign-in server did not confirm this sign-in: begin again."));
  }

  /** Asked for once; when the server does not answer, again with the next sign-in. */
  private Future<OAuth2Auth> provider() {
    if (config.issuer() == null) throw Refusal.notFound("There is no such page.");
    Future<OAuth2Auth> known = provider;
    if (known != null && !known.failed()) return known;
    OAuth2Options options = new OAuth2Options().setSite(issuer()).setClientId(config.clientId());
    if (config.clientSecret() != null) options.setClientSecret(config.clientSecret());
    Future<OAuth2Auth> asked =
        OpenIDConnectAuth.discover(vertx, options)
            .recover(
                e -> {
                  LOG.warn("The sign-in server {} does not answer", issuer(), e);
                  return Future.failedFuture(
                      Refusal.of(
                          Refusal.Kind.CONFLICT,
                          "The sign-in server does not answer: try again later, or sign in with a"
                              + " password."));
                });
    provider = asked;
    return asked;
  }

  private String issuer() {
    return slashless(String.valueOf(config.issuer()));
  }

  private static String slashless(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private static String challenge(String verifier) {
    return BaseEncoding.base64Url().omitPadding().encode(SecretToken.sha256(verifier).getBytes());
  }

  private static boolean same(String kept, String sent) {
    return MessageDigest.isEqual(
        kept.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(String next) {
    return BaseEncoding.base64Url().omitPadding().encode(next.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    try {
      return new String(BaseEncoding.base64Url().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return ""; // not what encoded() makes
    }
  }
}
