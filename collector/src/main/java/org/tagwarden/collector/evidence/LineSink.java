package org.tagwarden.collector.evidence;

import java.io.IOException;

/** Takes lines, one after the other. */
@FunctionalInterface
interface LineSink {
  void take(Line line) throws IOException;
}
