package org.tagwarden.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Journeys as people write them, here in JSON, which is what YAML parsers make of it. */
class JourneyReaderTest {
  @Test
  void everyStepIsReadAndSaidAgainInWords() throws Exception {
    Journey journey =
        JourneyReader.read(
            json(
                """
                {"name": "Buy a pair of shoes", "steps": [
                  {"open": "https://shop.nordlys-shoes.example/"},
                  {"click": "button \\"Add to cart\\""},
                  {"click": {"role": "link", "name": "Checkout", "nth": 2}},
                  {"click": {"css": "#pay"}, "timeout": "20 s"},
                  {"type": {"into": {"label": "Password"}, "text": "${secret:SHOP_PASSWORD}"}},
                  {"select": {"in": "field \\"Country\\"", "option": "Norway"}},
                  {"wait for": {"text": "Thank you"}},
                  {"scroll": "to the end"},
                  {"scroll": {"to": "heading \\"Payment\\""}},
                  {"press": "enter"},
                  {"assert": "\\"Total\\""},
                  "mark as payment page"
                ]}
                """));
    assertThat(journey.name()).isEqualTo("Buy a pair of shoes");
    assertThat(journey.steps())
        .extracting(JourneyStep::sentence)
        .containsExactly(
            "open https://shop.nordlys-shoes.example/",
            "click the button \"Add to cart\"",
            "click the 2nd link \"Checkout\"",
            "click the element #pay",
            "type \"${secret:SHOP_PASSWORD}\" into the field \"Password\"",
            "select \"Norway\" in the field \"Country\"",
            "wait for the text \"Thank you\"",
            "scroll to the end",
            "scroll to the heading \"Payment\"",
            "press Enter",
            "check that the text \"Total\" is there",
            "mark as payment page");
    assertThat(journey.steps().get(3).timeoutMs()).isEqualTo(20_000);
    assertThat(ReportCodec.read(ReportCodec.write(journey), Journey.class)).isEqualTo(journey);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"klick\": \"button\"} | \"klick\" is no step that is known: write open, click",
        "\"click\" | click needs an element, as in click: button",
        "{\"click\": null} | click needs an element",
        "{\"click\": \"Add to cart\"} | \"Add to cart\" does not say how to find the element",
        "{\"click\": \"buton \\\"Buy\\\"\"} | \"buton\" is no role of an element",
        "{\"click\": {\"name\": \"Buy\"}} | a name needs a role",
        "{\"click\": {\"css\": \"#a\", \"text\": \"b\"}} | found in one way",
        "{\"click\": {\"id\": \"a\"}} | \"id\" is not known here",
        "{\"click\": {\"css\": \"a\", \"nth\": 0}} | nth: 2 for the second",
        "{\"open\": \"shop.example\"} | write it whole, as in https://shop.example/cart",
        "{\"type\": \"hello\"} | type needs a field and a text",
        "{\"type\": {\"into\": {\"label\": \"Zip\"}, \"text\": 123}} | text: \"123\"",
        "{\"type\": {\"into\": {\"label\": \"Zip\"}, \"txt\": \"1\"}} | type needs a field and a text",
        "{\"press\": \"F13\"} | \"F13\" is no key",
        "{\"click\": \"button\", \"press\": \"Enter\"} | are two steps",
        "{\"click\": \"button\", \"timeout\": \"soon\"} | timeout: 20 s",
        "7 | a step is a word and what it is done to",
      })
  void anErrorNamesTheStepAndWhatToWriteInstead(String step, String sentence) throws Exception {
    JsonNode tree =
        json("{\"name\": \"n\", \"steps\": [{\"open\": \"https://a.example/\"}, " + step + "]}");
    assertThatThrownBy(() -> JourneyReader.read(tree))
        .isInstanceOf(InvalidJourneyException.class)
        .hasMessageStartingWith("Step 2: ")
        .hasMessageContaining(sentence.strip());
  }

  @Test
  void aJourneyWithoutNameOrStepsIsRefused() {
    assertThatThrownBy(() -> JourneyReader.read(json("[]"))).hasMessageContaining("no journey");
    assertThatThrownBy(() -> JourneyReader.read(json("{\"steps\": []}")))
        .hasMessageContaining("has no name");
    assertThatThrownBy(() -> JourneyReader.read(json("{\"name\": \"n\", \"steps\": []}")))
        .hasMessageContaining("has no steps");
    assertThatThrownBy(() -> JourneyReader.read(json("{\"name\": \"n\", \"step\": []}")))
        .hasMessageContaining("no \"step\"");
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return JsonMapper.builder().build().readTree(text);
  }
}
