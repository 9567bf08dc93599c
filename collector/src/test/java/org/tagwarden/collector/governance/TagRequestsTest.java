package org.tagwarden.collector.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.RunningCollector;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.site.Client;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.SiteDraft;

@Tag("database")
class TagRequestsTest {
  private static RunningCollector server;
  private static TagRequests requests;
  private static Site shop;
  private static Principal mia;
  private static Principal tom;
  private static Principal stranger;

  @BeforeAll
  static void start() {
    server = RunningCollector.start(Map.of());
    var collector = server.collector();
    requests = collector.requests();
    Client client = await(collector.clients().create(RunningCollector.ADMIN, "Bakery"));
    shop =
        await(
            collector
                .sites()
                .create(
                    RunningCollector.ADMIN,
                    client.id(),
                    SiteDraft.of("Shop", "https://shop.example")));
    mia = new Principal(null, "Mia", null, Map.of(client.id(), Role.REQUESTER));
    tom = new Principal(null, "Tom", null, Map.of(client.id(), Role.APPROVER));
    stranger = new Principal(null, "Eve", null, Map.of(client.id() + 1, Role.ADMIN));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void marketing_asks_it_answers_and_both_see_state_and_reason() {
    int id =
        await(
            requests.ask(
                mia, shop, " Hotjar ", "Heatmaps of the checkout", LocalDate.of(2026, 3, 9)));
    assertThat(one(id).state()).isEqualTo(RequestState.OPEN);
    assertThat(one(id).what()).isEqualTo("Hotjar");
    assertThat(one(id).wantedFrom()).isEqualTo(LocalDate.of(2026, 3, 9));

    TagRequest answered =
        await(requests.answer(tom, id, RequestState.DECLINED, "We have Clarity already."));
    assertThat(answered.state()).isEqualTo(RequestState.DECLINED);
    assertThat(one(id).answer()).isEqualTo("We have Clarity already.");
    assertThat(one(id).answeredBy()).isEqualTo("Tom");
    assertThat(one(id).reason()).isEqualTo("Heatmaps of the checkout");
  }

  @Test
  void the_second_answer_is_told_what_the_first_was() {
    int id = await(requests.ask(mia, shop, "Hotjar", "Heatmaps", null));
    List<Future<TagRequest>> both =
        List.of(
            requests.answer(tom, id, RequestState.GRANTED, "Go ahead."),
            requests.answer(tom, id, RequestState.DECLINED, "No."));
    await(Future.join(both).otherwiseEmpty());
    assertThat(both).filteredOn(Future::succeeded).hasSize(1);
    assertThat(both.stream().filter(Future::failed).findFirst().orElseThrow().cause())
        .hasMessageStartingWith("Tom was faster: the request is ");
  }

  @Test
  void who_asked_cannot_answer_and_somebody_elses_request_does_not_exist() {
    int id = await(requests.ask(mia, shop, "Hotjar", "Heatmaps", null));
    assertThatThrownBy(() -> await(requests.answer(mia, id, RequestState.GRANTED, "Yes!")))
        .hasMessageContaining("approver");
    assertThatThrownBy(() -> await(requests.answer(stranger, id, RequestState.GRANTED, "Yes!")))
        .hasMessage("There is no such request.");
    assertThatThrownBy(() -> await(requests.answer(tom, id, RequestState.GRANTED, " ")))
        .hasMessageContaining("Write down why");
    assertThatThrownBy(() -> requests.ask(mia, shop, "Hotjar", "", null))
        .hasMessageContaining("what it is for");
    assertThat(one(id).state()).isEqualTo(RequestState.OPEN);
  }

  private static TagRequest one(int id) {
    return await(requests.list(tom.readable(), shop.id())).stream()
        .filter(request -> request.id() == id)
        .findFirst()
        .orElseThrow();
  }
}
