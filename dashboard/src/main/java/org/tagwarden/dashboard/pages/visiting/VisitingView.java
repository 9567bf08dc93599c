package org.tagwarden.dashboard.pages.visiting;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.dashboard.pages.site.SiteFrame;
import org.tagwarden.dashboard.view.Labels;

/**
 * The form.
 *
 * @param settledMs what the newest scan's automatic settle time was; null before there was one
 * @param problems sentences by field, after a refused try
 */
public record VisitingView(
    SiteFrame frame, VisitingForm form, @Nullable Integer settledMs, Map<String, String> problems) {
  /** How a secret is referred to. */
  public static final String REFERENCE = "${secret:NAME}";

  public static final String RECIPE_EXAMPLE =
      """
      accept:
        - click: button "Allow all"
      reject:
        - click: button "Settings"
        - click: button "Save choice\"""";

  public static final String JOURNEY_EXAMPLE =
      """
      name: Buy a pair of shoes
      steps:
        - open: https://shop.example/
        - click: link "Sneakers"
        - click: button "Add to cart"
        - click: button "Checkout"
        - mark as payment page""";

  public static final String SIGN_IN_EXAMPLE =
      """
      name: Sign in
      steps:
        - open: https://shop.example/login
        - type: {into: field "E-mail", text: scanner@shop.example}
        - type: {into: field "Password", text: "${secret:SHOP_PASSWORD}"}
        - click: button "Sign in\"""";

  /** The consent states, with what they mean. */
  public static final Map<String, String> CONSENTS = consents();

  public static final Map<String, String> DEVICES =
      Labels.of("desktop", "Desktop", "mobile", "Phone, with touch");

  public static final Map<String, String> SETTLE_MODES =
      Labels.of("auto", "Automatic, from the site's history", "fixed", "Always the same");

  public VisitingView {
    problems = Map.copyOf(problems);
  }

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }

  /** Whether one of these fields was refused, so that the part is shown open. */
  public boolean refused(String... fields) {
    for (String field : fields) if (problems.containsKey(field)) return true;
    return false;
  }

  private static Map<String, String> consents() {
    return Labels.of(
        "NONE", "No choice made|What fires although the visitor has not answered.",
        "ACCEPT", "Accept all|Everything that the site may load.",
        "REJECT", "Reject all|What fires although the visitor said no.",
        "GPC", "Global Privacy Control|No answer, but the browser says \"do not sell or share\".");
  }
}
