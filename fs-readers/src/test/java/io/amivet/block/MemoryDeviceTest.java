package io.amivet.block;

class MemoryDeviceTest extends BlockDeviceContract {
  @Override
  protected BlockDevice deviceOf(byte[] contents) {
    return new MemoryDevice("memory", contents);
  }
}
