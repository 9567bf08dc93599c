package org.tagwarden.collector.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {
  private static final byte[] SECRET = "a secret of an app  ".getBytes(US_ASCII);

  @TempDir Path folder;

  @Test
  void what_is_sealed_opens_with_the_same_key_for_the_same_person_only() throws IOException {
    byte[] sealed = Seal.of(folder).seal(7, SECRET);
    assertThat(new String(sealed, US_ASCII)).doesNotContain("secret");
    assertThat(Seal.of(folder).open(7, sealed).orElseThrow()).isEqualTo(SECRET);
    assertThat(Seal.of(folder).open(8, sealed)).isEmpty();
    assertThat(new Seal(new byte[32]).open(7, sealed)).isEmpty();
  }

  @Test
  void one_changed_byte_anywhere_is_found_and_a_piece_is_not_opened() throws IOException {
    Seal seal = Seal.of(folder);
    byte[] sealed = seal.seal(7, SECRET);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(seal.open(7, changed)).as("byte " + i).isEmpty();
      assertThat(seal.open(7, Arrays.copyOf(sealed, i))).as("first " + i).isEmpty();
    }
  }

  @Test
  void the_same_secret_never_looks_the_same() throws IOException {
    Seal seal = Seal.of(folder);
    assertThat(seal.seal(7, SECRET)).isNotEqualTo(seal.seal(7, SECRET));
  }

  @Test
  void the_key_is_made_once_for_its_owner_alone_and_a_file_without_a_key_is_named()
      throws IOException {
    byte[] mark = Seal.of(folder).mark();
    Path file = folder.resolve("second-factor-key");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Seal.of(folder).mark()).isEqualTo(mark);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
    for (String wrong : new String[] {"", "no key", "c2hvcnQ="}) {
      Files.writeString(file, wrong);
      assertThatThrownBy(() -> Seal.of(folder))
          .hasMessageContaining(file.toString())
          .hasMessageContaining("backup");
    }
  }
}
