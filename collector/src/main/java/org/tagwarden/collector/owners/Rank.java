package org.tagwarden.collector.owners;

/** Who is asked first. */
public enum Rank {
  OWNER,
  /** Stands in for the owner. */
  DEPUTY
}
