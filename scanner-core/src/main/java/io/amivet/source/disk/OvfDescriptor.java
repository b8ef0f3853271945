package io.amivet.source.disk;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The part of an OVF descriptor that says which files are disks and in which order: References and
 * DiskSection of DMTF DSP0243. Entities and external documents are not looked at.
 *
 * @param diskFiles names of files, each once
 */
record OvfDescriptor(List<String> diskFiles) {
  static final int MAX_BYTES = 4 << 20;

  /**
   * @throws XMLStreamException if the bytes are no XML
   */
  static OvfDescriptor parse(byte[] bytes) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    // Else the parser tells standard error too.
    factory.setXMLReporter((message, type, related, location) -> {});
    XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
    Map<String, String> fileById = new HashMap<>();
    List<String> diskFileIds = new ArrayList<>();
    while (xml.hasNext()) {
      if (xml.next() == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "File" -> fileById.putIfAbsent(attribute(xml, "id"), attribute(xml, "href"));
          case "Disk" -> diskFileIds.add(attribute(xml, "fileRef"));
          default -> {}
        }
      }
    }
    Set<String> files = new LinkedHashSet<>();
    for (String id : diskFileIds) {
      String file = fileById.getOrDefault(id, "");
      if (!file.isEmpty()) {
        files.add(file);
      }
    }
    return new OvfDescriptor(List.copyOf(files));
  }

  /** The attribute of that name, whatever its namespace is called; empty if there is none. */
  private static String attribute(XMLStreamReader element, String name) {
    for (int i = 0; i < element.getAttributeCount(); i++) {
      if (element.getAttributeLocalName(i).equals(name)) {
        return element.getAttributeValue(i);
      }
    }
    return "";
  }
}
