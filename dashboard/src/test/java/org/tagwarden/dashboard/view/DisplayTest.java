package org.tagwarden.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayTest {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "0, '0'",
    "999, '999'",
    "1000, '1,000'",
    "-999, '-999'",
    "-1000, '-1,000'",
    "123456, '123,456'",
    "9223372036854775807, '9,223,372,036,854,775,807'",
    "-9223372036854775808, '-9,223,372,036,854,775,808'"
  })
  void a_number_has_its_thousands_apart(long value, String text) {
    assertThat(Display.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 KB",
    "1049, 1.0 KB",
    "1050, 1.1 KB",
    "9999, 10.0 KB",
    "10499, 10 KB",
    "10500, 11 KB",
    "999999, 1000 KB",
    "3400000, 3.4 MB",
    "26000000000, 26 GB"
  })
  void a_size_has_two_digits_that_matter(long value, String text) {
    assertThat(Display.bytes(value)).isEqualTo(text);
  }

  @Test
  void numbers_and_times_read_as_the_formatters_of_the_jdk_write_them() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      assertThat(Display.number(value)).isEqualTo(String.format(Locale.ENGLISH, "%,d", value));
      Instant at = Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE));
      assertThat(Display.time(at)).isEqualTo(TIME.format(at));
      assertThat(Display.time(at)).startsWith(Display.date(at) + ", ");
    }
  }

  @ParameterizedTest
  @CsvSource({"www.shop.example, S", "Meta, M", "www., ?", "'', ?"})
  void a_vendor_goes_by_its_first_letter(String name, String letter) {
    assertThat(Display.letter(name)).isEqualTo(letter);
  }
}
