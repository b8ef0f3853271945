package io.amivet.artifact.credential;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML of an image: no document types, hence no entities and nothing fetched; as a stream, so
 * that nesting costs no stack. What comes before a fault still counts.
 */
final class Xml {
  private static final int MAX_ELEMENTS = 50_000;
  private static final int MAX_DEPTH = 200;

  /** An element, with the names of those around it and its text. */
  record Element(String parent, String name, Map<String, String> attributes, String text) {}

  private Xml() {}

  /** The elements in the order in which they end. */
  static List<Element> elements(byte[] bytes) {
    List<Element> elements = new ArrayList<>();
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
      read(reader, elements);
    } catch (XMLStreamException e) {
      // Not XML from here on.
    }
    return elements;
  }

  private static void read(XMLStreamReader reader, List<Element> elements)
      throws XMLStreamException {
    List<Map<String, String>> attributes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    while (reader.hasNext() && elements.size() < MAX_ELEMENTS && names.size() < MAX_DEPTH) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          names.add(reader.getLocalName());
          attributes.add(attributes(reader));
          text.setLength(0);
        }
        case XMLStreamConstants.CHARACTERS -> text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          String name = names.removeLast();
          String parent = names.isEmpty() ? "" : names.getLast();
          elements.add(new Element(parent, name, attributes.removeLast(), text.toString().strip()));
          text.setLength(0);
        }
        default -> {
          // Comments, processing instructions, document types.
        }
      }
    }
  }

  private static Map<String, String> attributes(XMLStreamReader reader) {
    Map<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    return attributes;
  }
}
