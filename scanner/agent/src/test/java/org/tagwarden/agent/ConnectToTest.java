package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConnectToTest {
  @Test
  void resolveIsReadAsCurlReadsIt() {
    assertThat(ConnectTo.parseResolve("Shop.example:443:127.0.0.1"))
        .isEqualTo(new ConnectTo("shop.example", 443, "127.0.0.1", 0));
    assertThat(ConnectTo.parseResolve("*:80:[::1]")).isEqualTo(new ConnectTo("*", 80, "::1", 0));
    assertThat(ConnectTo.parseResolve("+a.example:80:10.0.0.1,10.0.0.2"))
        .isEqualTo(new ConnectTo("a.example", 80, "10.0.0.1", 0));
  }

  @Test
  void connectToIsReadAsCurlReadsIt() {
    assertThat(ConnectTo.parseConnectTo("a.example:443:b.example:8443"))
        .isEqualTo(new ConnectTo("a.example", 443, "b.example", 8443));
    assertThat(ConnectTo.parseConnectTo("::127.0.0.1:8443"))
        .isEqualTo(new ConnectTo("*", 0, "127.0.0.1", 8443));
    assertThat(ConnectTo.parseConnectTo("[2001:db8::1]:443:[::1]:8443"))
        .isEqualTo(new ConnectTo("2001:db8::1", 443, "::1", 8443));
    assertThat(ConnectTo.parseConnectTo("a.example:443::8443"))
        .isEqualTo(new ConnectTo("a.example", 443, "*", 8443));
  }

  @Test
  void aMappingMatchesItsHostAndPortAndKeepsWhatItLeavesOpen() {
    ConnectTo any = ConnectTo.parseConnectTo(":443::8443");
    assertThat(any.matches("shop.example", 443)).isTrue();
    assertThat(any.matches("shop.example", 80)).isFalse();
    assertThat(any.addressFor("shop.example")).isEqualTo("shop.example");
    assertThat(any.portFor(443)).isEqualTo(8443);
    assertThat(ConnectTo.parseResolve("shop.example:443:1.2.3.4").matches("SHOP.example", 443))
        .isTrue();
  }

  @Test
  void whatIsNoMappingIsRefusedWithTheFormThatIsWanted() {
    assertThatThrownBy(() -> ConnectTo.parseResolve("shop.example:443"))
        .hasMessageContaining("HOST:PORT:ADDRESS");
    assertThatThrownBy(() -> ConnectTo.parseResolve("shop.example:https:1.2.3.4"))
        .hasMessageContaining("\"https\"")
        .hasMessageContaining("no port");
    assertThatThrownBy(() -> ConnectTo.parseConnectTo("a:1:b:99999"))
        .hasMessageContaining("\"99999\"");
    assertThatThrownBy(() -> ConnectTo.parseConnectTo("a:1:b"))
        .hasMessageContaining("HOST1:PORT1:HOST2:PORT2");
  }
}
