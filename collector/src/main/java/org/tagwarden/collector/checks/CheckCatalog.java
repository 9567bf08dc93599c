package org.tagwarden.collector.checks;

import java.util.ArrayList;
import java.util.List;
import org.tagwarden.collector.checks.Examination.BrokenCheck;
import org.tagwarden.report.VisitOutcome;

/** Every check, one line each. */
public final class CheckCatalog {
  public static final List<Check> ALL =
      List.of(
          new UnapprovedScriptCheck(),
          new EnvelopeDriftCheck(),
          new LapsedAuthorizationCheck(),
          new CompromisedHostCheck(),
          new ScriptOverHttpCheck(),
          new ScriptIntegrityCheck(),
          new SecurityHeadersCheck(),
          new ContentPolicyCheck(),
          new CookieFlagsCheck(),
          new VulnerableLibraryCheck(),
          new CertificateCheck(),
          new FailingHostCheck(),
          new DuplicateTagCheck(),
          new MixedContentCheck(),
          new SensitiveFieldReadCheck(),
          new TagBeforeChoiceCheck(),
          new TagAfterRejectCheck(),
          new CloakedVendorCheck(),
          new DanglingAliasCheck());

  private CheckCatalog() {}

  /** Runs every check; a visit that failed or was challenged says nothing about its site. */
  public static Examination examine(Visited visited) {
    return examine(visited, ALL);
  }

  static Examination examine(Visited visited, List<Check> checks) {
    VisitOutcome outcome = visited.visit().outcome();
    if (outcome == VisitOutcome.FAILED || outcome == VisitOutcome.CHALLENGED) {
      return new Examination(List.of(), List.of(), List.of());
    }
    List<Rule> examined = new ArrayList<>();
    List<CheckResult> results = new ArrayList<>();
    List<BrokenCheck> problems = new ArrayList<>();
    for (Check check : checks) {
      try {
        for (Failure failure : check.examine(visited)) results.add(new CheckResult(check, failure));
        examined.add(check);
      } catch (RuntimeException e) { // a bug in one check must not hide what the others found
        problems.add(new BrokenCheck(check, e));
      }
    }
    return new Examination(examined, results, problems);
  }
}
