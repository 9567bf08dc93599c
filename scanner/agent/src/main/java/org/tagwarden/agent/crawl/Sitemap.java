package org.tagwarden.agent.crawl;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A sitemap file as read.
 *
 * @param pages URLs of pages
 * @param sitemaps URLs of further sitemaps, if this is an index
 */
record Sitemap(List<String> pages, List<String> sitemaps) {
  private static final int MOST_BYTES = 64 << 20;

  /** Reads XML, gzipped or not, or a plain list of URLs. */
  static Sitemap read(byte[] file) throws IOException {
    byte[] text = file;
    for (int i = 0;
        i < 2 && text.length > 2 && (text[0] & 0xff) == 0x1f && (text[1] & 0xff) == 0x8b;
        i++) text = unzip(text);
    int first = 0;
    while (first < text.length && (text[first] <= ' ')) first++;
    if (first < text.length && text[first] != '<')
      return plain(new String(text, java.nio.charset.StandardCharsets.UTF_8));
    try {
      return parse(text);
    } catch (XMLStreamException e) {
      throw new IOException(
          "it is no well-formed XML ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + ")",
          e);
    }
  }

  private static byte[] unzip(byte[] file) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
      byte[] text = in.readNBytes(MOST_BYTES + 1);
      if (text.length > MOST_BYTES)
        throw new IOException("it is larger than " + (MOST_BYTES >> 20) + " MB");
      return text;
    }
  }

  private static Sitemap plain(String text) throws IOException {
    List<String> pages =
        text.lines()
            .map(l -> l.replace("\uFEFF", "").strip())
            .filter(l -> l.startsWith("http"))
            .toList();
    if (pages.isEmpty()) throw new IOException("it holds neither XML nor URLs");
    return new Sitemap(pages, List.of());
  }

  /** Entities and DTDs are off: a sitemap is somebody else's file. */
  private static Sitemap parse(byte[] text) throws XMLStreamException, IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(text));
    List<String> pages = new ArrayList<>();
    List<String> sitemaps = new ArrayList<>();
    String root = null;
    String parent = "";
    while (xml.hasNext()) {
      if (xml.next() != XMLStreamConstants.START_ELEMENT) continue;
      String name = xml.getLocalName();
      if (root == null) root = name;
      if (name.equals("url") || name.equals("sitemap")) parent = name;
      boolean sitemapsOwn =
          xml.getNamespaceURI() == null
              || !xml.getNamespaceURI().contains("image")
                  && !xml.getNamespaceURI().contains("video");
      if (!name.equals("loc") || !sitemapsOwn) continue;
      String location = xml.getElementText().strip();
      if (parent.equals("sitemap")) sitemaps.add(location);
      else if (parent.equals("url")) pages.add(location);
    }
    if (!"urlset".equals(root) && !"sitemapindex".equals(root))
      throw new IOException("its root is <" + root + ">, not <urlset> or <sitemapindex>");
    return new Sitemap(pages, sitemaps);
  }
}
