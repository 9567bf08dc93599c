package org.tagwarden.collector.alerts.bounces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tagwarden.collector.alerts.bounces.DeliveryReport.Failure;

class DeliveryReportTest {
  private static final String ID = "alert-1@tagwarden";

  @Test
  void says_which_message_did_not_reach_whom_and_why() {
    DeliveryReport report = read(Returned.report(ID, "it@shop.example", "failed", "5.1.1"));

    assertThat(report.messageId()).isEqualTo(ID);
    Failure failure = report.failure().orElseThrow();
    assertThat(failure.recipient()).isEqualTo("it@shop.example");
    assertThat(failure.isPermanent()).isTrue();
    assertThat(failure.sentence())
        .isEqualTo(
            "The mail came back, it@shop.example does not get it (5.1.1): 550 5.1.1"
                + " <it@shop.example>: Recipient address rejected: User unknown in virtual mailbox"
                + " table");
  }

  @Test
  void a_delay_is_no_failure_and_a_passing_one_is_not_permanent() {
    assertThat(read(Returned.report(ID, "it@shop.example", "delayed", "4.4.1")).failure())
        .isEmpty();
    assertThat(read(Returned.report(ID, "it@shop.example", "relayed", "2.1.9")).failure())
        .isEmpty();
    Failure given = read(Returned.report(ID, "a@b.example", "Failed", "4.4.7")).failure().get();
    assertThat(given.isPermanent()).isFalse();
  }

  @Test
  void headers_alone_name_the_message_too() {
    String text =
        Returned.report(ID, "it@shop.example", "failed", "5.1.1")
            .replace("Content-Type: message/rfc822", "Content-Type: text/rfc822-headers");

    assertThat(read(text).messageId()).isEqualTo(ID);
  }

  @Test
  void the_gravest_of_several_recipients_counts() {
    String text =
        Returned.report(ID, "it@shop.example", "failed", "5.1.1")
            .replace(
                "Final-Recipient",
                "Final-Recipient: rfc822; other@shop.example\nAction: delayed\nStatus: 4.4.1\n\n"
                    + "Final-Recipient");

    assertThat(read(text).failures()).extracting(Failure::status).containsExactly("5.1.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no header at all",
        "Content-Type: multipart/report; boundary=x\n\n--x\nnothing ends here",
        "Content-Type: multipart/report\n\nwithout a boundary",
        "Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/rfc822\n\nSubject: a\n--x--"
      })
  void what_is_no_report_is_none(String text) {
    assertThat(DeliveryReport.of(Returned.mail(text))).isEmpty();
    assertThat(DeliveryReport.of(Returned.mail(Returned.holiday("tags@tags.example")))).isEmpty();
  }

  @Test
  void a_report_whose_status_is_nonsense_says_nothing() {
    for (String status : new String[] {"", "five", "9.1.1", "5"}) {
      Optional<DeliveryReport> report =
          DeliveryReport.of(
              Returned.mail(Returned.report(ID, "it@shop.example", "failed", status)));
      assertThat(report.flatMap(DeliveryReport::failure)).as(status).isEmpty();
    }
  }

  private static DeliveryReport read(String text) {
    return DeliveryReport.of(Returned.mail(text)).orElseThrow();
  }
}
