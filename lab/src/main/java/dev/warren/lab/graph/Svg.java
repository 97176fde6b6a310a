package dev.warren.lab.graph;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes elements of SVG 1.1; whatever the text, the document is well-formed. For one thread. */
final class Svg {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter writer;

  Svg() {
    try {
      writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException("text can always be written", impossible);
    }
  }

  /** A step of writing. */
  @FunctionalInterface
  private interface Step {
    void run() throws XMLStreamException;
  }

  private Svg write(Step step) {
    try {
      step.run();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException("text can always be written", impossible);
    }
    return this;
  }

  /** Opens the document. */
  Svg open(double width, double height) {
    write(
        () -> {
          writer.writeStartElement("svg");
          writer.writeDefaultNamespace(NAMESPACE);
        });
    return with("width", width)
        .with("height", height)
        .with("viewBox", "0 0 " + number(width) + " " + number(height));
  }

  /** Begins an element; its attributes follow. */
  Svg begin(String name) {
    return write(
        () -> {
          writer.writeCharacters("\n");
          writer.writeStartElement(name);
        });
  }

  /** An attribute of the element begun last. */
  Svg with(String name, String value) {
    return write(() -> writer.writeAttribute(name, legal(value)));
  }

  /** An attribute of the element begun last. */
  Svg with(String name, double value) {
    return with(name, number(value));
  }

  /** Text inside the element begun last. */
  Svg text(String value) {
    return write(() -> writer.writeCharacters(legal(value)));
  }

  /** Ends the element begun last. */
  Svg end() {
    return write(writer::writeEndElement);
  }

  /** An element with nothing but text. */
  Svg element(String name, String content) {
    return begin(name).text(content).end();
  }

  /** A rectangle with round corners. */
  Svg box(String style, Box box, double radius) {
    return begin("rect")
        .with("class", style)
        .with("x", box.x())
        .with("y", box.y())
        .with("width", box.width())
        .with("height", box.height())
        .with("rx", radius)
        .end();
  }

  /** A line of text that begins at x. */
  Svg words(String style, double x, double baseline, String value) {
    return begin("text").with("class", style).with("x", x).with("y", baseline).text(value).end();
  }

  /** The whole document. */
  String finish() {
    end();
    write(writer::close);
    return text + "\n";
  }

  /** At most one digit after the point, whatever the language of the machine. */
  static String number(double value) {
    return new BigDecimal(value)
        .setScale(1, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** XML 1.0, 2.2: control characters cannot be written, not even escaped. */
  private static String legal(String value) {
    StringBuilder legal = new StringBuilder();
    value
        .codePoints()
        .map(c -> (c < ' ' && c != '\n' && c != '\t') || c == 0xfffe || c == 0xffff ? '?' : c)
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '?' : c)
        .forEach(legal::appendCodePoint);
    return legal.toString();
  }
}
