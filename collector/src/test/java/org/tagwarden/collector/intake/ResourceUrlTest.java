package org.tagwarden.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceUrlTest {
  @ParameterizedTest
  @CsvSource({
    "https://A.Example/Path#part, https://a.example/Path",
    "https://a.example, https://a.example",
    "https://a.example/x?v=3&lang=en, https://a.example/x?v=3&lang=en",
    "https://a.example/x?cb=42, https://a.example/x?cb=*",
    "https://a.example/x?v=1772431200123, https://a.example/x?v=*",
    "https://a.example/x?1772431200123, https://a.example/x?*",
    "https://a.example/x?id=G-ABCDEF1234, https://a.example/x?id=G-ABCDEF1234",
    "https://a.example/x?id=GTM-AB12CD3, https://a.example/x?id=GTM-AB12CD3",
    "https://a.example/x?k=f81d4fae-7dec-11d0-a765-00a0c91e6bf6, https://a.example/x?k=*",
    "https://a.example/x?k=1234567890.1772431200, https://a.example/x?k=*",
    "https://a.example/x?k=f81d4fae7dec11d0a76500a0c91e6bf6, https://a.example/x?k=*",
    "https://a.example/x?empty=&flag, https://a.example/x?empty=&flag",
    "https://a.example/act;src=12;ord=778899?, https://a.example/act;src=12;ord=*?",
    "https://a.example/p/1772431200123/i.gif, https://a.example/p/*/i.gif",
    "https://a.example/app.3f2a1b77.js, https://a.example/app.3f2a1b77.js",
    "wss://live.a.example/s?t=9, wss://live.a.example/s?t=*",
  })
  void names_what_stays_and_drops_what_changes(String url, String normal) {
    assertThat(ResourceUrl.normalise(url)).isEqualTo(normal);
  }

  @Test
  void two_loads_of_one_pixel_are_one_resource() {
    String first =
        "https://ga.example/g/collect?v=2&tid=G-ABCDEF1234&cid=12.34&_p=99&dl=https%3A%2F%2Fx";
    String second =
        "https://ga.example/g/collect?v=2&tid=G-ABCDEF1234&cid=56.78&_p=1&dl=https%3A%2F%2Fy";

    assertThat(ResourceUrl.normalise(first)).isEqualTo(ResourceUrl.normalise(second));
  }

  @Test
  void a_normal_form_stays_as_it_is() {
    String normal = ResourceUrl.normalise("https://a.example/x;o=1?cb=3&id=G-ABCDEF1234");

    assertThat(ResourceUrl.normalise(normal)).isEqualTo(normal);
  }

  @Test
  void endless_urls_are_cut() {
    String url = "https://a.example/" + "p/".repeat(4_000) + "?" + "a=b&".repeat(4_000);

    assertThat(ResourceUrl.normalise(url)).hasSize(1_000).endsWith("*");
  }

  @Test
  void what_the_browser_made_itself_is_not_remote() {
    assertThat(ResourceUrl.isRemote("data:text/javascript,1")).isFalse();
    assertThat(ResourceUrl.isRemote("blob:https://a.example/1")).isFalse();
    assertThat(ResourceUrl.isRemote("HTTPS://a.example/")).isTrue();
    assertThat(ResourceUrl.isRemote("wss://a.example/")).isTrue();
  }
}
