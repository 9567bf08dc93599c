package org.tagwarden.collector.changes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.tagwarden.report.CapturedCookie;
import org.tagwarden.report.ConsentPhase;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;
import org.tagwarden.report.ScriptBehaviour;
import org.tagwarden.report.StorageWrite;

/**
 * A shop's page as real ones are: nothing about it changes, and no two loads are alike. Nonces,
 * build ids, time stamps and visitor ids are new on every load, one tag fires on one load of five,
 * and an A/B test shows one half of the visitors another page. Its properties can be changed one by
 * one.
 */
final class QuietSite {
  static final String PAGE = "https://shop.example/";
  static final String GTM = "https://www.googletagmanager.com/gtm.js?id=GTM-AB12CD3";
  static final String CHAT = "https://widget.intercom.io/widget/abc123";
  static final String RARE = "https://cdn.rare-tag.example/r.js";
  static final String STEADY = "https://cdn.steady-tag.example/s.js";

  /** The script of a tag that is approved within limits. */
  static final String LIMITED = "https://cdn.limited-tag.example/l.js";

  static final String LIMITED_TAG = "host:cdn.limited-tag.example";

  /** Every tag of the page, approved before the first visit. */
  static final List<String> TAGS =
      List.of(
          "google-tag-manager",
          "google-analytics",
          "intercom",
          "host:cdn.rare-tag.example",
          "host:cdn.steady-tag.example",
          "host:frames.partner.example");

  final Map<String, String> headers = new LinkedHashMap<>();
  final Map<String, CapturedCookie> cookies = new LinkedHashMap<>();
  final List<String> inline = new ArrayList<>();
  final List<Addition> additions = new ArrayList<>();
  String app = "boot();fetch('/api/basket');";
  String chat = "chat();connect('https://api.intercom.io/');";
  String containerVersion = "12";
  String aliasOf = "shop.eu.measurer.example";
  boolean steady = true;

  private final Random random;

  /** Something that the page has besides. */
  interface Addition {
    void to(SampleVisit visit, String app);
  }

  QuietSite(long seed) {
    random = new Random(seed);
    headers.put(
        "Content-Security-Policy",
        "default-src 'self'; script-src 'nonce-NONCE' 'strict-dynamic'; frame-ancestors 'none'");
    headers.put("Strict-Transport-Security", "max-age=31536000");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "strict-origin");
    headers.put("Permissions-Policy", "camera=(), microphone=()");
    inline.add(
        "window.dataLayer=window.dataLayer||[];dataLayer.push({nonce:'NONCE',load:STAMP,page:{type:'home',items:ITEMS}});");
    inline.add("track('view','ITEM');");
    cookie("basket", "shop.example", "Lax");
    cookie("_ga", "shop.example", "Lax");
  }

  void cookie(String name, String domain, String sameSite) {
    cookies.put(
        name,
        new CapturedCookie(
            name,
            domain,
            "/",
            "0",
            true,
            true,
            sameSite,
            false,
            null,
            1,
            null,
            ConsentPhase.BEFORE_CHOICE));
  }

  /** One more load of the page. */
  SampleVisit load(Instant at) {
    String nonce = token();
    String build = String.format("%08x", random.nextInt() | 0x10000000);
    SampleVisit visit = SampleReports.visit(PAGE).visitId(UUID.randomUUID()).at(at).title("Shop");
    headers.forEach((name, value) -> visit.documentHeader(name, value.replace("NONCE", nonce)));
    for (String script : inline) visit.inline(filled(script, nonce, at));
    String app = "/assets/app." + build + ".js";
    visit.script(
        app,
        "/* build "
            + build
            + " */var buildId='"
            + build
            + "';var made="
            + at.toEpochMilli()
            + ";"
            + this.app);
    container(visit, at);
    chat(visit, at);
    if (steady) visit.script(STEADY, "steady();");
    visit.script(LIMITED, "limited();");
    visit.beacon(LIMITED, "https://in.limited-tag.example/c?n=" + random.nextInt(1 << 30));
    if (random.nextInt(5) == 0) rare(visit);
    abTest(visit, app, random.nextBoolean());
    for (CapturedCookie cookie : cookies.values()) visit.cookie(cookie);
    visit.cookie(named("sess_" + build, "shop.example"));
    visit.stored(StorageWrite.Kind.LOCAL, "basket", nonce, app);
    visit.stored(
        StorageWrite.Kind.SESSION, "seen_" + (1_000_000 + random.nextInt(9_000_000)), nonce, app);
    visit.behaviour(ScriptBehaviour.Kind.FIELD_READ, "input q type=search", app, "search");
    visit.iframe(null, "https://frames.partner.example/offers?cb=" + random.nextInt(1 << 30));
    for (Addition addition : additions) addition.to(visit, app);
    return visit;
  }

  private void container(SampleVisit visit, Instant at) {
    visit.script(
        GTM,
        "var data={\"resource\": {\"version\":\""
            + containerVersion
            + "\",\"macros\":[1,2,3]}};run(data,"
            + at.toEpochMilli()
            + ");");
    String ga = "https://www.googletagmanager.com/gtag/js?id=G-ABCDEF1234";
    visit.piggyback(GTM, ga, "gtag('G-ABCDEF1234');");
    visit.beacon(
        ga,
        "https://www.google-analytics.com/g/collect?v=2&tid=G-ABCDEF1234&cid="
            + random.nextLong(1L << 40)
            + "&_p="
            + random.nextInt(1 << 30));
  }

  private void chat(SampleVisit visit, Instant at) {
    visit.script(CHAT, "/*! " + at + " */" + chat.replace("STAMP", "" + at.toEpochMilli()));
    visit.aliasOf(CHAT, aliasOf, "edge." + aliasOf);
  }

  private void rare(SampleVisit visit) {
    visit.script(RARE, "rare();");
    visit.pixel(RARE, "https://cdn.rare-tag.example/i.gif?id=" + token());
    visit.cookie(named("rare", "cdn.rare-tag.example"));
  }

  private void abTest(SampleVisit visit, String app, boolean b) {
    visit.inline(b ? "showB('" + token() + "');document.body.className='b';" : "showA();");
    visit.cookie(named("ab_variant", "shop.example"));
    if (!b) return;
    visit.script("/assets/variant-b.js", "variantB();");
    visit.stored(StorageWrite.Kind.LOCAL, "variant", "b", "/assets/variant-b.js");
    visit.beacon(
        app,
        "https://www.google-analytics.com/g/collect?v=2&en=variant&_p=" + random.nextInt(1 << 30));
  }

  private String filled(String script, String nonce, Instant at) {
    StringBuilder items = new StringBuilder("[");
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      items
          .append(i > 0 ? "," : "")
          .append("{id:")
          .append(i)
          .append(",name:'Shoe ")
          .append(random.nextInt(999))
          .append("'}");
    }
    return script
        .replace("NONCE", nonce)
        .replace("STAMP", "" + at.toEpochMilli())
        .replace("ITEMS", items + "]")
        .replace("ITEM", "Shoe " + random.nextInt(999));
  }

  private static CapturedCookie named(String name, String domain) {
    return new CapturedCookie(
        name,
        domain,
        "/",
        "0",
        true,
        true,
        "Lax",
        false,
        null,
        1,
        null,
        ConsentPhase.BEFORE_CHOICE);
  }

  /** Letters of both kinds and digits, as nonces are. */
  private String token() {
    return "aB3" + Long.toString(Math.abs(random.nextLong()), 36) + "Zz9";
  }
}
