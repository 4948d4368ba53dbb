package dev.myproxy.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Code;
import org.junit.jupiter.api.Test;

/** Messages by which people look for help are those that the daemon gives. */
class TroubleshootingTest {

    private static final Path ROOT = Path.of("..");

    /** What differs from one message to the next, in the manual or because the system says it. */
    private static final Pattern GAP = Pattern.compile("…|FILE:LINE|\\b[A-Z]+=|No such file or directory");

    @Test
    void messagesAreTheRealOnes() throws IOException {
        Page page = Page.read("docs/troubleshooting.md", Files.readString(ROOT.resolve("docs/troubleshooting.md")));
        String sources = sources();
        List<String> unknown = new ArrayList<>();
        int messages = 0;
        for (TableRow row : Page.all(page.document(), TableRow.class)) {
            for (Code code : Page.all(row.getFirstChild(), Code.class)) {
                messages++;
                GAP.splitAsStream(code.getLiteral()).map(part -> part.replaceAll("^[\\W]+|[\\W]+$", ""))
                        .filter(part -> !sources.contains(part)).forEach(unknown::add);
            }
        }

        assertThat(unknown).isEmpty();
        assertThat(messages).isGreaterThan(25);
    }

    /** The main sources, with strings of several pieces put together. */
    private static String sources() throws IOException {
        return SourceTree.of(ROOT).text("src/main/(java/.*\\.java|sh/.*)").replaceAll("\"\\s*\\+\\s*\"", "");
    }
}
