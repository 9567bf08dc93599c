package org.tagwarden.agent.join;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaceTest {
  @Test
  void hostAndPortAreReadFromAnyUrlOfTheWeb() {
    assertThat(Place.of("https://A.example?q={x}|y"))
        .isEqualTo(new Place("https", "a.example", 443));
    assertThat(Place.of("ws://a.example:81/s")).isEqualTo(new Place("ws", "a.example", 81));
    assertThat(Place.of("http://[::1]:8080/")).isEqualTo(new Place("http", "::1", 8080));
    assertThat(Place.of("data:text/html,x")).isNull();
  }

  @Test
  void requestsMatchByMethodAndUrlWithoutFragment() {
    assertThat(Matching.key("GET", "https://a.example/x#y"))
        .isEqualTo(Matching.key("GET", "https://a.example/x"))
        .isNotEqualTo(Matching.key("POST", "https://a.example/x"));
  }

  @Test
  void namesAndPasswordsInUrlsAreNotReported() {
    assertThat(Place.withoutCredentials("https://me:secret@a.example/x@y"))
        .isEqualTo("https://a.example/x@y");
    assertThat(Place.withoutCredentials("https://a.example/x@y"))
        .isEqualTo("https://a.example/x@y");
  }
}
