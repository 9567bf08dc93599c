package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ScriptBehaviour;
import org.tagwarden.report.ScriptBehaviour.Kind;
import org.tagwarden.report.StackFrame;
import org.tagwarden.report.StorageWrite;

/** What scripts did, by whom, as the in-page observer tells it. */
@Tag("browser")
class BehaviourTest {
  private static final String SITE = "https://evidence.example/";
  private static final String READER = "https://tags.evidence-parts.example/reader.js";

  @RegisterExtension static final SharedScan there = new SharedScan();

  private static PageVisit visit;

  @BeforeAll
  static void visitThePage() {
    visit = there.visit(SITE + "behaviours", Scans.options(1_500, 1));
  }

  @Test
  void readingAFieldIsRecordedWithTheFieldAndTheScriptButNotTheValue() {
    ScriptBehaviour read = one(Kind.FIELD_READ, "input card-number");

    assertThat(read.detail()).isEqualTo("input card-number type=text autocomplete=cc-number");
    assertThat(read.script()).isEqualTo(READER);
    assertThat(read.function()).isEqualTo("readFields");
    assertThat(read.line()).isEqualTo(3);
    assertThat(read.count()).isEqualTo(7);
    assertThat(read.scriptSha256()).isEqualTo(sha256(READER));
    assertThat(read.frameId()).isEqualTo(visit.frames().get(0).id());
    assertThat(read.stack()).extracting(StackFrame::url).containsOnly(READER);
    assertThat(visit.behaviours().toString()).doesNotContain("4929-7131-1523-0065");
  }

  @Test
  void everyKindOfFieldCountsAndHiddenOnesDoNot() {
    assertThat(details(Kind.FIELD_READ))
        .contains(
            "input secret type=password", "select country", "textarea note", "FormData of form pay")
        .noneMatch(detail -> detail.contains("token"));
  }

  @Test
  void aForeignFramesReadingIsRecordedInItsFrame() {
    ScriptBehaviour read = one(Kind.FIELD_READ, "input framed-field");

    assertThat(read.script()).isEqualTo("https://frames.evidence-parts.example/frame");
    assertThat(read.function()).isEqualTo("inFrame");
    assertThat(read.frameId()).isNotEqualTo(visit.frames().get(0).id());
  }

  @Test
  void keyListenersAreRecordedWithWhatTheyListenOn() {
    assertThat(details(Kind.KEY_LISTENER))
        .containsExactlyInAnyOrder(
            "keydown on document",
            "input on input card-number type=text autocomplete=cc-number",
            "keydown on textarea note",
            "keypress on select country",
            "keydown in markup",
            "keyup on input search type=text",
            "keypress on input passing type=text");
  }

  @Test
  void aListenerInAnAttributeNamesTheScriptThatSetItElseTheDocumentItStandsIn() {
    for (String detail :
        List.of("keydown on textarea", "keypress on select", "keydown in markup")) {
      ScriptBehaviour set = one(Kind.KEY_LISTENER, detail);
      assertThat(set.script()).as(detail).isEqualTo(READER);
      assertThat(set.function()).as(detail).isEqualTo("listen");
    }
    for (String detail : List.of("keyup on input search", "keypress on input passing")) {
      ScriptBehaviour stands = one(Kind.KEY_LISTENER, detail);
      assertThat(stands.script()).as(detail).isEqualTo(SITE + "behaviours");
      assertThat(stands.line()).as(detail).isZero();
      assertThat(stands.stack()).as(detail).isEmpty();
    }
  }

  @Test
  void whatTellsDevicesApartIsRecorded() {
    assertThat(details(Kind.CANVAS_READ))
        .containsExactlyInAnyOrder("toDataURL 240x60", "getImageData");
    assertThat(details(Kind.WEBGL_READ)).containsExactly("UNMASKED_RENDERER_WEBGL");
    assertThat(details(Kind.AUDIO_READ)).containsExactly("OfflineAudioContext");
  }

  @Test
  void surroundingsAskedForAreRecorded() {
    assertThat(details(Kind.CLIPBOARD)).containsExactly("readText");
    assertThat(details(Kind.GEOLOCATION)).containsExactly("getCurrentPosition");
    assertThat(details(Kind.PERMISSION)).containsExactly("query notifications");
    assertThat(details(Kind.PEER_CONNECTION)).containsExactly("RTCPeerConnection");
  }

  @Test
  void cookiesReadAndWrittenNameTheScript() {
    assertThat(one(Kind.COOKIE_READ, "document.cookie").script()).isEqualTo(READER);
    assertThat(one(Kind.COOKIE_WRITE, "by_reader").script()).isEqualTo(READER);
    ScriptBehaviour inline = one(Kind.COOKIE_WRITE, "inline_cookie");
    assertThat(inline.script()).isEqualTo(SITE + "behaviours");
    assertThat(visit.scripts())
        .filteredOn(s -> s.sha256().equals(inline.scriptSha256()))
        .singleElement()
        .satisfies(s -> assertThat(s.url()).isEqualTo(SITE + "behaviours"));
  }

  @Test
  void storageWritesNameKeyScriptAndTheLastValuesHash() {
    StorageWrite local = stored(StorageWrite.Kind.LOCAL, "reader");
    assertThat(local.script()).isEqualTo(READER);
    assertThat(local.origin()).isEqualTo("https://evidence.example");
    assertThat(local.count()).isEqualTo(2);
    assertThat(local.length()).isEqualTo("second".length());
    assertThat(local.valueSha256()).isEqualTo(hash("second"));
    assertThat(stored(StorageWrite.Kind.SESSION, "basket").valueSha256()).isEqualTo(hash(""));
    assertThat(stored(StorageWrite.Kind.LOCAL, "inline").script()).isEqualTo(SITE + "behaviours");
    assertThat(stored(StorageWrite.Kind.INDEXED_DB, "reader-db/events").valueSha256())
        .isEqualTo(hash("text"));
    assertThat(stored(StorageWrite.Kind.CACHE, "reader-cache").script()).isEqualTo(READER);
    assertThat(stored(StorageWrite.Kind.CACHE, "reader-cache").valueSha256()).isEmpty();
  }

  @Test
  void aWorkersWritesNameTheWorkersScript() {
    StorageWrite job = stored(StorageWrite.Kind.INDEXED_DB, "worker-db/jobs");

    assertThat(job.script()).isEqualTo(SITE + "worker.js");
    assertThat(job.frameId()).isNull();
  }

  @Test
  void aPlainAssignmentToStorageIsRecordedThoughNobodyTellsByWhom() {
    StorageWrite assigned = stored(StorageWrite.Kind.LOCAL, "assigned");

    assertThat(assigned.origin()).isEqualTo("https://evidence.example");
    assertThat(assigned.valueSha256()).isEqualTo(hash("plainly"));
    assertThat(assigned.script()).isNull();
    assertThat(stored(StorageWrite.Kind.LOCAL, "quoted").valueSha256())
        .isEqualTo(hash("in brackets"));
    assertThat(visit.storage())
        .filteredOn(s -> s.key().equals("overwritten"))
        .extracting(StorageWrite::script, StorageWrite::valueSha256)
        .containsExactlyInAnyOrder(
            tuple(SITE + "behaviours", hash("by a call")), tuple(null, hash("by assignment")));
    assertThat(stored(StorageWrite.Kind.LOCAL, "gone").script()).isEqualTo(SITE + "behaviours");
  }

  @Test
  void aCookieInTheJarNamesTheScriptThatWroteIt() {
    assertThat(visit.cookies())
        .filteredOn(c -> c.name().equals("by_reader"))
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.script()).isEqualTo(READER);
              assertThat(c.requestId()).isNull();
              assertThat(c.expires())
                  .isBetween(
                      visit.startedAt().plusSeconds(86_000), visit.startedAt().plusSeconds(86_800));
            });
    assertThat(visit.cookies())
        .filteredOn(c -> c.name().equals("inline_cookie"))
        .singleElement()
        .satisfies(c -> assertThat(c.script()).isEqualTo(SITE + "behaviours"));
  }

  @Test
  void aHostThatOffersANewerProtocolIsNotedOnce() {
    assertThat(visit.problems())
        .filteredOn(p -> p.code().equals("newer-protocol-offered"))
        .singleElement()
        .satisfies(
            p ->
                assertThat(p.message())
                    .startsWith("h3.evidence-parts.example also speak HTTP/2 or HTTP/3"));
  }

  private static String sha256(String url) {
    return visit.scripts().stream()
        .filter(s -> s.url().equals(url))
        .findFirst()
        .orElseThrow()
        .sha256();
  }

  private static String hash(String value) {
    return org.tagwarden.agent.traffic.Hygiene.cookieHash(value);
  }

  private static List<String> details(Kind kind) {
    return behaviours(kind).map(ScriptBehaviour::detail).toList();
  }

  private static Stream<ScriptBehaviour> behaviours(Kind kind) {
    return visit.behaviours().stream().filter(b -> b.kind() == kind);
  }

  private static ScriptBehaviour one(Kind kind, String detail) {
    List<ScriptBehaviour> found =
        behaviours(kind).filter(b -> b.detail().startsWith(detail)).toList();
    assertThat(found).as(kind + " " + detail + " in " + details(kind)).hasSize(1);
    return found.get(0);
  }

  private static StorageWrite stored(StorageWrite.Kind kind, String key) {
    List<StorageWrite> found =
        visit.storage().stream().filter(s -> s.kind() == kind && s.key().equals(key)).toList();
    assertThat(found).as(kind + " " + key).hasSize(1);
    return found.get(0);
  }
}
