package org.tagwarden.collector.evidence;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.access.SigningKey;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.Sites;

/**
 * Makes evidence packs: for auditors, approvers and admins. Each is read from the database at one
 * moment into a file, signed, and noted in the audit log before anybody gets it.
 */
public final class EvidencePacks {
  /** Makers at once; each holds a connection and a thread for as long as it takes. */
  private static final int MAKERS = 2;

  private static final long LONGEST_HOURS = 2;
  private static final Duration LEFT_BEHIND = Duration.ofDays(1);

  private final Database database;
  private final Sites sites;
  private final AuditLog audit;
  private final ServerConfig config;
  private final SigningKey key;
  private final Clock clock;
  private final ScopeNotes notes;
  private final WorkerExecutor makers;
  private final AtomicInteger underWay = new AtomicInteger();

  public EvidencePacks(
      Vertx vertx,
      Database database,
      Sites sites,
      AuditLog audit,
      ServerConfig config,
      SigningKey key,
      Clock clock) {
    this.database = database;
    this.sites = sites;
    this.audit = audit;
    this.config = config;
    this.key = key;
    this.clock = clock;
    this.notes = new ScopeNotes(database, sites, audit, clock);
    this.makers =
        vertx.createSharedWorkerExecutor("evidence", MAKERS, LONGEST_HOURS, TimeUnit.HOURS);
  }

  /**
   * The key of an installation, made at its first start; and away with packs that nobody took,
   * because a server ended before. Blocks.
   */
  public static SigningKey key(ServerConfig config, Clock clock) throws IOException {
    FileTime old = FileTime.from(clock.instant().minus(LEFT_BEHIND));
    Path folder = folder(config);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> packs = Files.list(folder)) {
        for (Path pack : packs.toList()) {
          if (Files.getLastModifiedTime(pack).compareTo(old) < 0) Files.deleteIfExists(pack);
        }
      }
    }
    return SigningKey.in(SigningKey.fileIn(config.dataDir()));
  }

  private static Path folder(ServerConfig config) {
    return config.dataDir().resolve("evidence");
  }

  /** The fingerprint of the key that signs, to be kept in another place. */
  public String fingerprint() {
    return key.fingerprint();
  }

  /** What was written down about the sites that packs are of. */
  public ScopeNotes notes() {
    return notes;
  }

  /** The public key in PEM. */
  public String publicKey() {
    return key.publicPem();
  }

  /** Whether somebody may make packs of this client's sites. */
  public static boolean mayMake(Principal by, int clientId) {
    return by.may(Role.AUDITOR, clientId) || by.may(Role.APPROVER, clientId);
  }

  /**
   * Makes a pack of a site.
   *
   * @param from the first day, as people write it
   * @param to the last day
   * @param wholeClient whether the maker may read what concerns the client's other sites
   */
  public Future<EvidencePack> make(
      Principal by, int siteId, String from, String to, boolean wholeClient) {
    return sites
        .get(by, siteId)
        .compose(
            site -> {
              if (!mayMake(by, site.clientId())) throw tooLittle();
              PackPeriod period = PackPeriod.parse(from, to, clock);
              PackScope scope =
                  new PackScope(
                      site,
                      period,
                      clock.instant(),
                      by.name(),
                      wholeClient,
                      config.retention(),
                      key.fingerprint());
              return make(scope).compose(pack -> note(by, scope, pack));
            });
  }

  private static Refusal tooLittle() {
    return Refusal.of(
        Refusal.Kind.FORBIDDEN,
        "This needs the role \"auditor\" or \"approver\": ask an administrator of your Tagwarden.");
  }

  private Future<EvidencePack> make(PackScope scope) {
    if (underWay.incrementAndGet() > MAKERS) {
      underWay.decrementAndGet();
      throw Refusal.of(
          Refusal.Kind.TOO_MANY, MAKERS + " packs are being made already: try again in a minute.");
    }
    return makers
        .executeBlocking(() -> write(scope), false)
        .onComplete(done -> underWay.decrementAndGet());
  }

  /** Only what is noted is handed out. */
  private Future<EvidencePack> note(Principal by, PackScope scope, EvidencePack pack) {
    Site site = scope.site();
    AuditEntry entry =
        AuditEntry.of(by, site.clientId(), "export evidence pack", site.name())
            .made(
                Map.of(
                    "from", scope.period().from().toString(),
                    "to", scope.period().to().toString(),
                    "manifest", pack.manifest()));
    return database
        .inTransaction(connection -> audit.write(connection, entry))
        .map(pack)
        .onFailure(e -> pack.remove());
  }

  private EvidencePack write(PackScope scope) throws IOException {
    Path file =
        Files.createTempFile(
            Files.createDirectories(folder(config)),
            "pack",
            ".zip",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      return new EvidencePack(file, name(scope), write(scope, out));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private String write(PackScope scope, OutputStream out) throws IOException {
    Tally tally = new Tally();
    try (Snapshot snapshot = Snapshot.open(database, scope);
        PackWriter pack = new PackWriter(out, scope.madeAt())) {
      for (Sheet sheet : Sheets.ALL) {
        pack.add(
            sheet.csv(),
            file -> SheetFiles.csv(sheet, snapshot, line -> tally.line(sheet, line), file));
        pack.add(sheet.json(), file -> SheetFiles.json(sheet, snapshot, file));
      }
      pack.add(AuditSlice.NAME, file -> AuditSlice.write(snapshot, file));
      PackManifest.Head head = head(snapshot);
      List<PackedFile> data = pack.files();
      pack.add(PackReport.NAME, file -> new PackReport(snapshot, tally, head, data).write(file));
      text(pack, PackText.README, PackText.readme(scope, tally));
      text(pack, PackText.SUMS, PackText.sums(pack.files()));
      PackManifest manifest = PackManifest.of(scope.about(), head, key, pack.files());
      pack.seal(manifest, key);
      return Sha256.hex(manifest.bytes());
    }
  }

  private static PackManifest.Head head(Snapshot snapshot) throws IOException {
    Line newest = snapshot.one(RunQueries.AUDIT_HEAD);
    return new PackManifest.Head(newest.number("seq"), newest.text("hash"));
  }

  private static void text(PackWriter pack, String name, String text) throws IOException {
    pack.add(name, file -> file.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String name(PackScope scope) {
    String site =
        scope
            .site()
            .name()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return "evidence-"
        + (site.isEmpty() ? "site-" + scope.site().id() : site)
        + "-"
        + scope.period().from()
        + "-to-"
        + scope.period().to()
        + ".zip";
  }
}
