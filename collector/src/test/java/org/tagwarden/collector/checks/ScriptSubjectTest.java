package org.tagwarden.collector.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptSubjectTest {
  @ParameterizedTest
  @CsvSource({
    "https://cdn.a.example/app.3f9a8c12.js?x=1, cdn.a.example/app.*.js",
    "https://cdn.a.example/app.fbcbfdec.js, cdn.a.example/app.*.js",
    "https://cdn.a.example/build/1772431200/app.js, cdn.a.example/build/*/app.js",
    "https://cdn.a.example/app-9b2de41c0f.min.js#x, cdn.a.example/app-*.min.js",
    "http://CDN.a.example:8880/t.js?cb=8314159265, cdn.a.example/t.js",
    "https://cdn.jsdelivr.net/npm/vue@3.4.21/dist/vue.js, cdn.jsdelivr.net/npm/vue@*/dist/vue.js",
    "https://code.jquery.com/jquery-3.7.1.min.js, code.jquery.com/jquery-*.min.js",
    "https://cdn.a.example/v2.1.0-beta.3/a.js, cdn.a.example/*/a.js",
    "https://a.example/0a1b2c3d-1111-2222-3333-444455556666.js, a.example/*.js",
    "https://a.example/_next/static/XyZ12abCDefGH34ijKL56/_buildManifest.js, a.example/_next/static/*/_buildManifest.js",
    "https://static.hotjar.com/c/hotjar-1234567.js?sv=6, static.hotjar.com/c/hotjar-*.js",
  })
  void volatilePartsOfThePathAreStars(String url, String subject) {
    assertThat(ScriptSubject.of(url)).isEqualTo(subject);
  }

  @ParameterizedTest
  @CsvSource({
    "https://www.googletagmanager.com/gtm.js?id=GTM-1, www.googletagmanager.com/gtm.js",
    "https://connect.facebook.net/en_US/fbevents.js, connect.facebook.net/en_US/fbevents.js",
    "https://js.stripe.com/v3/, js.stripe.com/v3/",
    "https://a.example, a.example/",
    "https://a.example/decade/facade.js, a.example/decade/facade.js",
    "https://a.example/html5/es2015/core-js.js, a.example/html5/es2015/core-js.js",
    "https://a.example/uniquelyLongIdentifierName.js, a.example/uniquelyLongIdentifierName.js",
  })
  void ordinaryWordsAndShortNumbersStay(String url, String subject) {
    assertThat(ScriptSubject.of(url)).isEqualTo(subject);
  }

  @Test
  void whatHasNoHostIsNamedByItsScheme() {
    assertThat(ScriptSubject.of("blob:https://a.example/0a1b2c3d")).isEqualTo("blob:");
    assertThat(ScriptSubject.of("data:text/javascript,1")).isEqualTo("data:");
  }

  @Test
  void twoBuildsOfAScriptHaveOneSubject() {
    assertThat(ScriptSubject.of("https://a.example/main.0011aabb.chunk.js?v=1"))
        .isEqualTo(ScriptSubject.of("https://a.example/main.ffee2233.chunk.js?v=2"));
  }
}
