package org.tagwarden.collector.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tagwarden.collector.Refusal;
import org.tagwarden.report.ConsentRecipe;
import org.tagwarden.report.Journey;

class StepsYamlTest {
  private static final String BUY =
      """
      name: Buy a pair of shoes
      steps:
        - open: https://shop.example/
        - click: button "Add to cart"
        - mark as payment page
      """;

  @Test
  void journeys_are_separated_by_three_dashes_or_stand_in_a_list() {
    String second = BUY.replace("Buy a pair", "Look at a pair");
    assertThat(StepsYaml.journeys(BUY + "---\n" + second))
        .extracting(Journey::name)
        .containsExactly("Buy a pair of shoes", "Look at a pair of shoes");
    String list = "- " + BUY.indent(2).strip() + "\n- " + second.indent(2).strip();
    assertThat(StepsYaml.journeys(list)).hasSize(2);
    assertThat(StepsYaml.journeys(BUY).get(0).steps()).hasSize(3);
    assertThat(StepsYaml.journeys("")).isEmpty();
  }

  @Test
  void an_error_names_the_journey_and_the_step() {
    assertThatThrownBy(() -> StepsYaml.journeys(BUY.replace("click", "klick")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("\"Buy a pair of shoes\": Step 2:")
        .hasMessageContaining("klick");
    assertThatThrownBy(() -> StepsYaml.journeys("name: [")).hasMessageContaining("not YAML");
    assertThatThrownBy(() -> StepsYaml.journeys(BUY + "---\n" + BUY))
        .hasMessageContaining("two journeys");
  }

  @Test
  void a_password_in_a_step_is_refused_unless_it_is_a_reference() {
    String signIn =
        """
        name: Sign in
        steps:
          - type:
              into: field "Password"
              text: "%s"
        """;
    assertThatThrownBy(() -> StepsYaml.signIn(signIn.formatted("hunter2")))
        .hasMessageContaining("${secret:NAME}")
        .hasMessageNotContaining("hunter2");
    Journey read = StepsYaml.signIn(signIn.formatted("${secret:SHOP_PASSWORD}"));
    assertThat(read).isNotNull();
    assertThat(StepsYaml.signIn("")).isNull();
  }

  @Test
  void a_recipe_accepts_rejects_or_both() {
    ConsentRecipe recipe = StepsYaml.recipe("accept:\n  - click: button \"Allow all\"\n");
    assertThat(recipe.accept()).hasSize(1);
    assertThat(recipe.reject()).isEmpty();
    assertThat(StepsYaml.recipe("")).isEqualTo(ConsentRecipe.NONE);
    assertThatThrownBy(() -> StepsYaml.recipe("agree:\n  - click: button \"Allow all\"\n"))
        .hasMessageContaining("under accept:, under reject:");
    assertThatThrownBy(() -> StepsYaml.recipe("reject:\n  - klick: x\n"))
        .hasMessageContaining("reject: Step 1:");
  }
}
