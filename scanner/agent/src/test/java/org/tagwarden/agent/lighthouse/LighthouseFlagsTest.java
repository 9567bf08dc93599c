package org.tagwarden.agent.lighthouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tagwarden.agent.ConnectTo;

class LighthouseFlagsTest {
  @Test
  void anyHostAtAPortIsSentToThePlayground() {
    assertThat(rules(":80:127.0.0.1:8880", ":443:127.0.0.1:8843"))
        .isEqualTo("MAP *:80 127.0.0.1:8880, EXCLUDE *.invalid, MAP *:443 127.0.0.1:8843");
  }

  @Test
  void aNamedHostKeepsItsPortUnlessAnotherIsNamed() {
    assertThat(rules("shop.example::10.0.0.7:", "api.example:443:[::1]:8443"))
        .isEqualTo("MAP shop.example 10.0.0.7, MAP api.example:443 [::1]:8443");
  }

  @Test
  void anotherPortOfAnyHostIsSaidForThePagesOwn() {
    assertThat(rules(":443::8443"))
        .isEqualTo("MAP page.example:443 page.example:8443, EXCLUDE *.invalid");
  }

  private static String rules(String... mappings) {
    List<ConnectTo> parsed = Stream.of(mappings).map(ConnectTo::parseConnectTo).toList();
    return LighthouseFlags.hostRules(parsed, "page.example");
  }
}
