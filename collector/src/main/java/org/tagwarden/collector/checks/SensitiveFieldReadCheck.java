package org.tagwarden.collector.checks;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Category;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ScriptBehaviour;

/**
 * A third-party script that reads what visitors type into payment or sign-in fields. The site's own
 * scripts and payment providers are meant to.
 */
final class SensitiveFieldReadCheck implements Check {
  private static final Pattern PAYMENT =
      Pattern.compile(
          "(?i)autocomplete=cc-|card[-_ ]?(?:num|no\\b|holder|code)|cc[-_ ]?(?:num|no\\b|exp|csc|cvc)"
              + "|(?<![a-z])(?:cvc|cvv|csc|iban)(?![a-z])|security[-_ ]?code");

  private static final Pattern SIGN_IN =
      Pattern.compile("(?i)type=password|autocomplete=(?:current-password|new-password|one-time)");

  @Override
  public String id() {
    return "sensitive-field-read";
  }

  @Override
  public String title() {
    return "Third-party script that reads payment or sign-in fields";
  }

  @Override
  public String whyItMatters() {
    return "Whoever reads these fields holds what visitors type: card numbers, passwords. Skimmers do"
        + " nothing else; session recorders do it when their masking is not set up.";
  }

  @Override
  public Severity severity() {
    return Severity.HIGH;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    FailureBySubject failures = new FailureBySubject();
    for (ScriptBehaviour read : visited.visit().behaviours()) {
      if (read.kind() != ScriptBehaviour.Kind.FIELD_READ || read.script() == null) continue;
      String what = sensitive(read.detail());
      Tag tag = what == null ? null : tagOf(visited, read);
      if (tag == null || tag.category() == Category.PAYMENT) continue;
      String subject = ScriptSubject.of(read.script());
      failures.add(
          subject,
          tag.key(),
          severity(),
          "The script " + subject + " reads " + what + " fields.",
          List.of(
              "Field: " + read.detail(),
              "Script: " + read.script() + (read.line() > 0 ? ", line " + read.line() : ""),
              "Tag: " + tag.product()),
          "Ask its vendor why, and have these fields masked. If nobody can say, remove the script"
              + " today and treat the time since it was first seen as an incident.");
    }
    return failures.all();
  }

  private static @Nullable String sensitive(String detail) {
    if (PAYMENT.matcher(detail).find()) return "payment";
    return SIGN_IN.matcher(detail).find() ? "sign-in" : null;
  }

  private static @Nullable Tag tagOf(Visited visited, ScriptBehaviour read) {
    for (Tag tag : visited.recognition().tags()) {
      if (read.scriptSha256() != null && tag.scriptHashes().contains(read.scriptSha256())) {
        return tag;
      }
    }
    for (CapturedRequest request : visited.visit().requests()) {
      if (request.url().equals(read.script())) return visited.recognition().tagOf(request.id());
    }
    return null;
  }

  @Override
  public Visited example() {
    String script = "https://replay.recorder.example/r.js";
    return ExampleVisit.clean()
        .tag("replay.recorder.example", "recorder", "Recorder", Category.SESSION_REPLAY, "r-1")
        .script(script, "record();")
        .behaviour(
            ScriptBehaviour.Kind.FIELD_READ,
            "input card-number type=text autocomplete=cc-number",
            script)
        .visited();
  }
}
