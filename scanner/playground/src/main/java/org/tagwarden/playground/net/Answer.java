package org.tagwarden.playground.net;

/** How one URL answers. Called on the event loop; must answer or cut the connection, in time. */
@FunctionalInterface
public interface Answer {
  /** Answers the request. */
  void to(Exchange exchange);
}
