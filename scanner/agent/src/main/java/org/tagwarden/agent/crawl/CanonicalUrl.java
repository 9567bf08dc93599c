package org.tagwarden.agent.crawl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of an address tells pages apart: not the campaign that led to it, not the visitor's session,
 * and, for a crawl, not in which order a list is shown.
 */
final class CanonicalUrl {
  private static final Set<String> TRACKING =
      Set.of(
          "gclid",
          "gclsrc",
          "dclid",
          "gbraid",
          "wbraid",
          "fbclid",
          "msclkid",
          "ttclid",
          "twclid",
          "yclid",
          "igshid",
          "li_fat_id",
          "mc_cid",
          "mc_eid",
          "_ga",
          "_gl",
          "srsltid",
          "vero_id",
          "mkt_tok",
          "_hsenc",
          "_hsmi",
          "epik",
          "rdt_cid",
          "irclickid",
          "s_kwcid",
          "ef_id",
          "trk_contact",
          "trk_msg",
          "cmpid",
          "campaignid",
          "adgroupid",
          "fb_action_ids");
  private static final Pattern TRACKING_FAMILY =
      Pattern.compile("(utm|hsa|pk|mtm|matomo|piwik|oly|ga|at|sc|wt)_[a-z_]+");
  private static final Set<String> SESSION =
      Set.of(
          "phpsessid", "jsessionid", "sid", "sessionid", "session_id", "cfid", "cftoken", "zenid");
  private static final Pattern SESSION_FAMILY =
      Pattern.compile("aspsessionid[a-z]*|oscsid|s?e?ss_id");
  private static final Pattern PATH_SESSION =
      Pattern.compile(";jsessionid=[^/?;]*", Pattern.CASE_INSENSITIVE);
  private static final Set<String> ORDER =
      Set.of(
          "sort",
          "sortby",
          "sort_by",
          "order",
          "orderby",
          "order_by",
          "dir",
          "direction",
          "view",
          "viewmode",
          "layout",
          "mode",
          "display",
          "per_page",
          "perpage",
          "pagesize",
          "page_size",
          "limit",
          "items",
          "product_list_order",
          "product_list_dir",
          "product_list_mode",
          "product_list_limit",
          "print",
          "replytocom",
          "share",
          "return",
          "returnurl",
          "redirect");

  private CanonicalUrl() {}

  /** The address without tracking parameters, session ids and an empty query. */
  static String of(String url) {
    int mark = url.indexOf('?');
    String path = PATH_SESSION.matcher(mark < 0 ? url : url.substring(0, mark)).replaceAll("");
    path =
        path.replaceFirst("^(http://[^/:]+):80/", "$1/")
            .replaceFirst("^(https://[^/:]+):443/", "$1/");
    if (mark < 0) return path;
    List<String> kept = new ArrayList<>();
    for (String pair : url.substring(mark + 1).split("&"))
      if (!pair.isEmpty() && !isNoise(name(pair))) kept.add(pair);
    return kept.isEmpty() ? path : path + "?" + String.join("&", kept);
  }

  /** Two addresses with the same identity are one page to a crawl. */
  static String identity(String url) {
    String plain = of(url);
    int mark = plain.indexOf('?');
    String path = mark < 0 ? plain : plain.substring(0, mark);
    if (path.endsWith("/")) path = path.substring(0, path.length() - 1);
    if (mark < 0) return path;
    List<String> kept = new ArrayList<>();
    for (String pair : plain.substring(mark + 1).split("&"))
      if (!ORDER.contains(name(pair))) kept.add(pair);
    kept.sort(null);
    return kept.isEmpty() ? path : path + "?" + String.join("&", kept);
  }

  /** The query's parameters, by lower-case name. */
  static Map<String, String> parameters(String url) {
    int mark = url.indexOf('?');
    if (mark < 0) return Map.of();
    Map<String, String> all = new HashMap<>();
    for (String pair : url.substring(mark + 1).split("&")) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) all.put(name(pair), equals < 0 ? "" : pair.substring(equals + 1));
    }
    return all;
  }

  private static boolean isNoise(String name) {
    return TRACKING.contains(name)
        || SESSION.contains(name)
        || TRACKING_FAMILY.matcher(name).matches()
        || SESSION_FAMILY.matcher(name).matches();
  }

  private static String name(String pair) {
    int equals = pair.indexOf('=');
    return (equals < 0 ? pair : pair.substring(0, equals)).toLowerCase(Locale.ROOT);
  }
}
