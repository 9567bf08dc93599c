package org.tagwarden.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Scan reports for tests, made of {@link SampleVisit}s. Times are fixed, ids follow from the page
 * and the time, so that two calls make equal reports.
 */
public final class SampleReports {
  /** When a sample visit begins unless it says otherwise. */
  public static final Instant START = Instant.parse("2026-03-02T06:00:00Z");

  public static final ScannerIdentity SCANNER =
      new ScannerIdentity(
          "scanner-1",
          "0.1.0",
          "Chromium 156.0.8078.79",
          "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0"
              + " Safari/537.36");

  private static final String CARD_NUMBER = "input card-number type=text autocomplete=cc-number";

  private SampleReports() {}

  /** A visit that holds its document and nothing else yet. */
  public static SampleVisit visit(String page) {
    return new SampleVisit(page, START);
  }

  /** A report of these visits, with the bodies of all their scripts and their images. */
  public static ScanReport report(UUID scanId, SampleVisit... visits) {
    Map<String, String> bodies = new HashMap<>();
    Map<String, String> images = new HashMap<>();
    for (SampleVisit visit : visits) {
      bodies.putAll(visit.bodies());
      images.putAll(visit.images());
    }
    List<PageVisit> built = List.of(visits).stream().map(SampleVisit::build).toList();
    return ScanReport.of(scanId, null, SCANNER, built, bodies, images);
  }

  /**
   * A shop's page with one of each: a container, analytics deployed by it, a hard-coded chat, a
   * piggyback, a host that nobody knows, a script over http, a failed request, cookies.
   */
  public static SampleVisit shop(String page) {
    return visit(page)
        .title("Shop")
        .documentHeader("Strict-Transport-Security", "max-age=31536000")
        .inline("window.dataLayer = window.dataLayer || [];")
        .script("/assets/app.js", "boot();")
        .stylesheet("/assets/app.css")
        .gtm("GTM-AB12CD3")
        .ga("G-ABCDEF1234")
        .script("https://widget.intercom.io/widget/abc123", "chat();")
        .script("https://tags.unheard-of.example/t.js?cb=8314159265", "soup();")
        .piggyback(
            "https://tags.unheard-of.example/t.js?cb=8314159265",
            "https://pixel.stranger.example/p.js",
            "pixel();")
        .pixel(
            "https://pixel.stranger.example/p.js",
            "https://pixel.stranger.example/i.gif?uid=f81d4fae7dec11d0a76500a0c91e6bf6&ts=1772431200123")
        .script("http://old.counter.example/count.js", "count();")
        .failed("https://gone.vendor.example/x.js", Failure.Code.DNS)
        .cookie("_ga", ".shop.example", null)
        .cookie("sid", "pixel.stranger.example", "https://pixel.stranger.example/p.js");
  }

  /**
   * A checkout on which a script nobody knows reads the card number, before and after the visitor
   * has accepted: with all that format 1.1 can say of a visit.
   */
  public static SampleVisit checkout(String page) {
    String skimmer = "https://tags.unheard-of.example/t.js";
    String pay = "/assets/pay.js";
    String metrics = "https://metrics.shop.example/m.js";
    return visit(page)
        .title("Checkout")
        .script(pay, "pay();")
        .script(skimmer, "soup();")
        .behaviour(ScriptBehaviour.Kind.FIELD_READ, CARD_NUMBER, pay, "submit")
        .behaviour(ScriptBehaviour.Kind.KEY_LISTENER, "keydown document", skimmer, "")
        .stored(StorageWrite.Kind.SESSION, "basket", "{\"shoes\":2}", pay)
        .screenshot(Screenshot.Moment.AFTER_LOAD, "a checkout with a banner")
        .choice(ConsentState.ACCEPT, new ConsentChoice("Cookiebot", "autoconsent", 2_100.5))
        .script(metrics, "measure();")
        .aliasOf(metrics, "shop.eu.measurer.example", "edge.measurer.example")
        .behaviour(ScriptBehaviour.Kind.FIELD_READ, CARD_NUMBER, skimmer, "take")
        .behaviour(ScriptBehaviour.Kind.CANVAS_READ, "toDataURL 240x60", metrics, "print")
        .behaviour(ScriptBehaviour.Kind.WEBGL_READ, "UNMASKED_RENDERER_WEBGL", metrics, "print")
        .behaviour(ScriptBehaviour.Kind.AUDIO_READ, "OfflineAudioContext", metrics, "print")
        .behaviour(ScriptBehaviour.Kind.COOKIE_READ, "document.cookie", metrics, "")
        .behaviour(ScriptBehaviour.Kind.COOKIE_WRITE, "_m", metrics, "")
        .behaviour(ScriptBehaviour.Kind.CLIPBOARD, "readText", skimmer, "take")
        .behaviour(ScriptBehaviour.Kind.GEOLOCATION, "getCurrentPosition", metrics, "")
        .behaviour(ScriptBehaviour.Kind.PERMISSION, "notifications", metrics, "")
        .behaviour(ScriptBehaviour.Kind.PEER_CONNECTION, "RTCPeerConnection", skimmer, "send")
        .stored(StorageWrite.Kind.LOCAL, "_m_id", "f81d4fae7dec11d0", metrics)
        .stored(StorageWrite.Kind.INDEXED_DB, "measurer/events", "[1,2]", metrics)
        .stored(StorageWrite.Kind.CACHE, "measurer-v2", "measure();", metrics)
        .cookie("_m", ".shop.example", null)
        .screenshot(Screenshot.Moment.AFTER_CHOICE, "a checkout without a banner")
        .failedStep(
            "Buy shoes",
            "click the button \"Pay\"",
            "There is no button \"Pay\" on the page.",
            "a checkout whose button is gone");
  }

  /**
   * A page as heavy as real ones, for measurements: {@code requests} in all, from about 26 hosts,
   * with headers, stacks and query strings; {@code seed} decides which.
   */
  public static SampleVisit busy(String page, int requests, long seed) {
    Random random = new Random(seed);
    SampleVisit visit = visit(page).visitId(new UUID(seed, page.hashCode())).gtm("GTM-AB12CD3");
    for (int i = visit.size(); i < requests; i++) {
      int host = random.nextInt(26);
      String base = host < 6 ? "/assets/" : "https://cdn" + host + ".vendor" + host + ".example/";
      int file = random.nextInt(12);
      switch (i % 5) {
        case 0 -> visit.script(base + "s" + file + ".js?v=3", "run(" + host + "," + file + ");");
        case 1 -> visit.pixel(SampleVisit.GTM + "GTM-AB12CD3", volatileUrl(base, file, random));
        case 2 -> visit.stylesheet(base + "c" + file + ".css");
        case 3 -> visit.beacon(SampleVisit.GTM + "GTM-AB12CD3", volatileUrl(base, file, random));
        default -> visit.image(base + "i" + file + ".webp");
      }
    }
    return visit;
  }

  private static String volatileUrl(String base, int file, Random random) {
    return base
        + "e"
        + file
        + "?id=G-ABCDEF1234&cid="
        + Math.abs(random.nextLong())
        + "&ts=17724312"
        + (10000 + random.nextInt(89999));
  }

  /** Lower-case hex of the digest, as the contract writes it. */
  public static String hex(String algorithm, String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
