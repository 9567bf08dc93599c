package org.tagwarden.collector.evidence;

import java.io.IOException;

/** A ZIP that cannot be what was written; the message is a sentence for people. */
final class ZipDamage extends IOException {
  private static final long serialVersionUID = 1L;

  ZipDamage(String sentence) {
    super(sentence);
  }
}
