package org.tagwarden.collector.checks;

import java.util.List;

/**
 * One rule about a page visit. Pure: called for every stored visit, on any thread, also over old
 * reports; it does no I/O and never throws for what a page did. To add one: a class here, a line in
 * {@link CheckCatalog}, a test.
 */
public interface Check extends Rule {
  /** What is wrong with this visit; empty when nothing is. At most one failure a subject. */
  List<Failure> examine(Visited visited);

  /**
   * A visit that fails this check, as an example for the documentation and for the catalogue's own
   * test.
   */
  Visited example();
}
