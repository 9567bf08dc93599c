package org.tagwarden.collector.changes;

/** What is watched for changes. */
public enum TraitKind {
  /** A tag fires. */
  TAG("tag"),
  /** A third party's host is contacted. */
  HOST("host"),
  /** A document is shown in a frame. */
  FRAME("frame"),
  /** A cookie is set; its value here are its flags. */
  COOKIE("cookie"),
  /** Something is kept in the browser's storage. */
  STORAGE("stored item"),
  /** A script with an address; its value is the fingerprint of its text. */
  SCRIPT("script"),
  /** A script in a document, by the skeleton of its text. */
  INLINE("inline script"),
  /** A script contacts a host. */
  CONTACT("contact"),
  /** A script reads form fields. */
  READ("field read"),
  /** A script does something else that matters for risk. */
  DEED("behaviour"),
  /** A security header of a page. */
  HEADER("header"),
  /** The published version of a tag manager's container. */
  CONTAINER("container"),
  /** A host is an alias of another one (CNAME). */
  ALIAS("alias");

  private final String label;

  TraitKind(String label) {
    this.label = label;
  }

  /** For people, in the middle of a sentence. */
  public String label() {
    return label;
  }

  /** Whether a site's new page is expected to have some of its own. */
  boolean variesByPage() {
    return this == INLINE || this == COOKIE || this == STORAGE || this == FRAME;
  }
}
