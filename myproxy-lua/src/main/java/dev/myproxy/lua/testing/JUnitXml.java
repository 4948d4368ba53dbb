package dev.myproxy.lua.testing;

import dev.myproxy.lua.testing.CaseResult.Outcome;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes a report as build servers read it: the XML of Ant's JUnit task, as its readers agree on it. A test suite for
 * each file; a file that could not be loaded has a test case of its own that is an error.
 */
public final class JUnitXml {

    private final XMLStreamWriter xml;

    private JUnitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /**
     * Writes a report.
     *
     * @param out for UTF-8; not closed
     */
    public static void write(TestReport report, Writer out) throws XMLStreamException {
        XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
        xml.writeStartDocument("UTF-8", "1.0");
        new JUnitXml(xml).write(report);
        xml.writeEndDocument();
        xml.flush();
    }

    private void write(TestReport report) throws XMLStreamException {
        open("testsuites", "name", "myproxy test (" + report.engine() + ")", "tests",
                report.files().stream().mapToLong(JUnitXml::tests).sum(), "failures", report.failed(), "errors",
                report.files().stream().filter(file -> file.error().isPresent()).count(), "skipped", report.skipped(),
                "time", ConsoleReport.seconds(report.time()));
        for (FileResult file : report.files()) {
            write(file);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private static long tests(FileResult file) {
        return file.cases().size() + (file.error().isPresent() ? 1L : 0L);
    }

    private void write(FileResult file) throws XMLStreamException {
        String name = file.file().toString();
        open("testsuite", "name", name, "tests", tests(file), "failures",
                file.cases().stream().filter(CaseResult::hasFailed).count(), "errors", file.error().isPresent() ? 1 : 0,
                "skipped", file.cases().stream().filter(CaseResult::isSkipped).count(), "time",
                ConsoleReport.seconds(file.time()));
        if (file.error().isPresent()) {
            open("testcase", "name", "the file loads", "classname", name, "time", ConsoleReport.seconds(file.time()));
            problem("error", file.error().get());
            xml.writeEndElement();
        }
        for (CaseResult result : file.cases()) {
            write(name, result);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private void write(String file, CaseResult result) throws XMLStreamException {
        open("testcase", "name", result.name(), "classname", file, "file", file, "line", result.line(), "time",
                ConsoleReport.seconds(result.time()));
        switch (result.outcome()) {
            case Outcome.Passed _ -> {
                // says nothing
            }
            case Outcome.Skipped(String reason) -> {
                open("skipped", "message", reason);
                xml.writeEndElement();
            }
            case Outcome.Failed failure -> problem("failure", failure);
        }
        xml.writeEndElement();
    }

    private void problem(String element, Outcome.Failed failure) throws XMLStreamException {
        open(element, "message", failure.message().lines().findFirst().orElse(""));
        List<String> lines = new ArrayList<>(List.of(failure.message()));
        lines.addAll(failure.traceback());
        xml.writeCharacters(legal(String.join("\n", lines)));
        xml.writeEndElement();
    }

    /** Begins an element with attributes: names and values in turn. */
    private void open(String element, Object... attributes) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement(element);
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i].toString(), legal(attributes[i + 1].toString()));
        }
    }

    /** Characters that XML 1.0 can't have, not even escaped, become question marks. */
    private static String legal(String text) {
        return text.codePoints().map(c -> isLegal(c) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static boolean isLegal(int c) {
        return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd)
                || c >= 0x10000;
    }
}
