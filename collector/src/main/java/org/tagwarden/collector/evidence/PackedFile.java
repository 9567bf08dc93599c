package org.tagwarden.collector.evidence;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** A file of a pack, as the manifest names it. */
@JsonPropertyOrder({"name", "sha256", "bytes"})
record PackedFile(String name, String sha256, long bytes) {}
