package io.amivet.source.ebs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EbsPricesTest {
  @TempDir Path folder;

  @Test
  void aFullEightGibibyteVolumeCostsFiveCents() {
    assertThat(EbsPrices.builtIn().estimateUsd(16_384, 2)).isCloseTo(0.049, within(0.001));
    assertThat(EbsPrices.builtIn().asOf()).isAfter(LocalDate.of(2026, 1, 1));
  }

  @Test
  void aFileReplacesThem() throws IOException {
    EbsPrices own =
        EbsPrices.of(file("asOf=2027-01-31\nusdPerThousandGets=1\nusdPerThousandLists=10\n"));
    assertThat(own.estimateUsd(2000, 100)).isEqualTo(3);
    assertThat(own.asOf()).isEqualTo("2027-01-31");
  }

  @Test
  void whatIsWrongWithAFileIsSaid() throws IOException {
    Path incomplete = file("asOf=2027-01-31\nusdPerThousandGets=1\n");
    assertThatThrownBy(() -> EbsPrices.of(incomplete)).hasMessageContaining("usdPerThousandLists");
    Path negative = file("asOf=2027-01-31\nusdPerThousandGets=-1\nusdPerThousandLists=1\n");
    assertThatThrownBy(() -> EbsPrices.of(negative)).hasMessageContaining("0 or more");
    Path undated = file("asOf=soon\nusdPerThousandGets=1\nusdPerThousandLists=1\n");
    assertThatThrownBy(() -> EbsPrices.of(undated)).hasMessageContaining("soon");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "prices", ""), text);
  }
}
