package org.tagwarden.collector.checks;

import com.shapesecurity.salvation2.Directives.SourceExpressionDirective;
import com.shapesecurity.salvation2.FetchDirectiveKind;
import com.shapesecurity.salvation2.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Content-Security-Policy that is there but lets any script in. */
final class ContentPolicyCheck implements Check {
  static final String SUBJECT = "Content-Security-Policy script-src";

  @Override
  public String id() {
    return "weak-content-policy";
  }

  @Override
  public String title() {
    return "Content-Security-Policy that allows any script";
  }

  @Override
  public String whyItMatters() {
    return "A policy with 'unsafe-inline' or a wildcard looks like protection in an audit and stops no"
        + " injected script.";
  }

  @Override
  public Severity severity() {
    return Severity.MEDIUM;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    MainDocument document = MainDocument.of(visited.visit());
    if (document == null || document.contentPolicies().isEmpty()) return List.of();
    List<String> weaknesses = new ArrayList<>();
    for (String text : document.contentPolicies()) {
      for (String policy :
          text.split(",")) { // a comma joins policies; the strictest of them counts
        List<String> found = weaknesses(policy);
        if (found.isEmpty()) return List.of();
        weaknesses.addAll(found);
      }
    }
    weaknesses.add("Page: " + document.request().url());
    return List.of(
        new Failure(
            SUBJECT,
            null,
            severity(),
            "The page's Content-Security-Policy does not keep foreign scripts out ("
                + SUBJECT
                + ").",
            weaknesses.stream().distinct().toList(),
            "Allow scripts by nonce or hash with 'strict-dynamic', and drop 'unsafe-inline',"
                + " 'unsafe-eval' and wildcards."));
  }

  /** What lets scripts in; empty when the policy limits them. */
  private static List<String> weaknesses(String text) {
    Policy policy =
        Policy.parseSerializedCSP(ascii(text), (severity, message, directive, value) -> {});
    Optional<SourceExpressionDirective> governing =
        policy.getGoverningDirectiveForEffectiveDirective(FetchDirectiveKind.ScriptSrcElem);
    if (governing.isEmpty()) return List.of("It has neither script-src nor default-src.");
    SourceExpressionDirective scripts = governing.get();
    boolean strict = scripts.strictDynamic();
    boolean named = strict || !scripts.getNonces().isEmpty() || !scripts.getHashes().isEmpty();
    List<String> found = new ArrayList<>();
    if (scripts.unsafeInline() && !named) found.add("script-src has 'unsafe-inline'.");
    if (scripts.star() && !strict) found.add("script-src has the wildcard *.");
    if (!strict) {
      scripts
          .getSchemes()
          .forEach(scheme -> found.add("script-src allows any " + scheme + " source."));
    }
    if (!found.isEmpty() && scripts.unsafeEval()) found.add("script-src has 'unsafe-eval'.");
    return found;
  }

  /** The parser refuses other characters; a header with them is not what a browser would read. */
  private static String ascii(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", " ");
  }

  @Override
  public Visited example() {
    return ExampleVisit.clean()
        .without("Content-Security-Policy")
        .header("Content-Security-Policy", "script-src 'self' 'unsafe-inline' https:")
        .visited();
  }
}
