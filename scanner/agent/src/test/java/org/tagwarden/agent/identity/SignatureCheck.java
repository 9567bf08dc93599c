package org.tagwarden.agent.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a firewall does that was given the scanner's public key: RFC 9421, read from the request
 * alone and without a line of the signing side.
 */
public final class SignatureCheck {
  private static final Pattern INPUT = Pattern.compile("sig1=(\\(([^)]*)\\).*)");
  private static final Pattern EXPIRES = Pattern.compile(";expires=(\\d+)");

  private final PublicKey key;

  public SignatureCheck(String jwk) throws Exception {
    JsonNode json = JsonMapper.builder().build().readTree(jwk);
    byte[] raw = Base64.getUrlDecoder().decode(json.path("x").asText());
    byte[] head = HexFormat.of().parseHex("302a300506032b6570032100");
    byte[] encoded = new byte[head.length + raw.length];
    System.arraycopy(head, 0, encoded, 0, head.length);
    System.arraycopy(raw, 0, encoded, head.length, raw.length);
    key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  /**
   * Whether these request headers (names in lower case) were signed for this authority, just now.
   */
  public boolean verifies(Map<String, String> headers, String authority) throws Exception {
    Matcher input = INPUT.matcher(headers.getOrDefault("signature-input", ""));
    Matcher expires = EXPIRES.matcher(headers.getOrDefault("signature-input", ""));
    if (!input.matches() || !expires.find()) return false;
    if (Long.parseLong(expires.group(1)) < System.currentTimeMillis() / 1000) return false;
    StringBuilder base = new StringBuilder();
    for (String component : input.group(2).split(" ", -1)) {
      String name = component.replace("\"", "");
      String value = name.equals("@authority") ? authority : headers.get(name);
      base.append(component).append(": ").append(value).append('\n');
    }
    base.append("\"@signature-params\": ").append(input.group(1));
    String signature = headers.get("signature");
    byte[] bytes =
        Base64.getDecoder().decode(signature.substring("sig1=:".length(), signature.length() - 1));
    Signature check = Signature.getInstance("Ed25519");
    check.initVerify(key);
    check.update(base.toString().getBytes(StandardCharsets.UTF_8));
    return check.verify(bytes);
  }
}
