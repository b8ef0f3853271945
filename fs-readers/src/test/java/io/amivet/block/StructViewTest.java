package io.amivet.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructViewTest {
  private enum TestFault implements Fault {
    BAD;

    @Override
    public String code() {
      return "test.bad";
    }

    @Override
    public String summary() {
      return "bad value";
    }
  }

  private static StructView view() throws IOException {
    byte[] bytes = new byte[64];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (0xf0 + i);
    }
    BlockDevice disk = new MemoryDevice("disk.img", bytes);
    return new SliceDevice(disk, new ByteRange(8, 56), "p1").struct("some_struct", 8, 32);
  }

  @Test
  void readsEachWidthInBothByteOrders() throws IOException {
    StructView view = view();
    assertThat(view.u8(0)).isEqualTo(0x00);
    assertThat(view.u16le(1)).isEqualTo(0x0201);
    assertThat(view.u16be(1)).isEqualTo(0x0102);
    assertThat(view.u32le(1)).isEqualTo(0x04030201L);
    assertThat(view.u32be(1)).isEqualTo(0x01020304L);
    assertThat(view.u64le(1)).isEqualTo(0x0807060504030201L);
    assertThat(view.u64be(1)).isEqualTo(0x0102030405060708L);
  }

  @Test
  void widensWithoutASign() throws IOException {
    byte[] ones = new byte[8];
    Arrays.fill(ones, (byte) 0xff);
    StructView view = new MemoryDevice("ones", ones).struct("ones", 0, 8);
    assertThat(view.u8(0)).isEqualTo(0xff);
    assertThat(view.u16le(0)).isEqualTo(0xffff);
    assertThat(view.u32be(0)).isEqualTo(0xffff_ffffL);
    assertThat(view.i32le(0)).isEqualTo(-1);
    assertThat(view.i32be(0)).isEqualTo(-1);
    assertThat(view.u64le(0)).isEqualTo(-1);
  }

  @Test
  void namesTheStructureAndThePlaceInTheWholeImage() throws IOException {
    CorruptImageException e = view().slice("inner", 4, 8).corrupt(TestFault.BAD, 2, "7");
    assertThat(e.imageOffset()).isEqualTo(8 + 8 + 4 + 2);
    assertThat(e).hasMessage("bad value in inner at image offset 22: 7");
    assertThat(view().anomaly(TestFault.BAD, 0, "").code()).isEqualTo("test.bad");
    assertThat(view()).hasToString("some_struct at offset 8 of p1 of disk.img");
  }

  @Test
  void answersWhetherItHoldsARangeWithoutOverflow() throws IOException {
    StructView view = view();
    assertThat(view.holds(0, 32)).isTrue();
    assertThat(view.holds(32, 0)).isTrue();
    assertThat(view.holds(1, 32)).isFalse();
    assertThat(view.holds(-1, 1)).isFalse();
    assertThat(view.holds(Long.MAX_VALUE, 1)).isFalse();
    assertThat(view.holds(1, Long.MAX_VALUE)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, 1",
    "-1, 0",
    "4611686018427387904, 4611686018427387904",
    "-9223372036854775808, -1"
  })
  void turnsASumThatOverflowsIntoAFault(long a, long b) throws IOException {
    StructView view = view();
    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> view.addExact(a, b, TestFault.BAD, 0))
        .matches(e -> e.fault() == TestFault.BAD);
  }

  @ParameterizedTest
  @CsvSource({"9223372036854775807, 2", "-1, 1", "1, -1", "3037000500, 3037000500"})
  void turnsAProductThatOverflowsIntoAFault(long a, long b) throws IOException {
    StructView view = view();
    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> view.multiplyExact(a, b, TestFault.BAD, 0));
  }

  @Test
  void computesWhatDoesNotOverflow() throws IOException {
    assertThat(view().addExact(Long.MAX_VALUE - 1, 1, TestFault.BAD, 0)).isEqualTo(Long.MAX_VALUE);
    assertThat(view().multiplyExact(1L << 31, 1L << 31, TestFault.BAD, 0)).isEqualTo(1L << 62);
    assertThat(view().multiplyExact(0, Long.MAX_VALUE, TestFault.BAD, 0)).isZero();
  }
}
