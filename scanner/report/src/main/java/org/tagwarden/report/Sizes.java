package org.tagwarden.report;

/**
 * Bytes of a request. Zero where nothing was sent or seen.
 *
 * @param requestBytes head and body as sent
 * @param headerBytes the response's head
 * @param wireBytes the response's body as transferred (encoded)
 * @param decodedBytes the response's body after content decoding
 */
public record Sizes(long requestBytes, long headerBytes, long wireBytes, long decodedBytes) {
  public static final Sizes NONE = new Sizes(0, 0, 0, 0);

  public Sizes {
    Require.notNegative(requestBytes, "sizes.requestBytes");
    Require.notNegative(headerBytes, "sizes.headerBytes");
    Require.notNegative(wireBytes, "sizes.wireBytes");
    Require.notNegative(decodedBytes, "sizes.decodedBytes");
  }
}
