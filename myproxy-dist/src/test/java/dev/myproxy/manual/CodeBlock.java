package dev.myproxy.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;

/**
 * A block of code in the manual or in the README.
 *
 * @param page     the path of its file, from the root of the sources
 * @param line     where it begins, from 1
 * @param language what its fence says first; empty if it says nothing or there is no fence
 * @param how      what its fence says then: how it is tested; see {@code docs/developing.md}
 * @param text     its lines
 */
public record CodeBlock(String page, int line, String language, String how, String text) {

    /**
     * All there are.
     *
     * @param root the directory of README.md and {@code docs}
     */
    public static List<CodeBlock> all(Path root) throws IOException {
        List<CodeBlock> blocks = new ArrayList<>(
                of(Page.read("README.md", Files.readString(root.resolve("README.md")))));
        Sources.read(root).pages().values().forEach(page -> blocks.addAll(of(page)));
        return blocks;
    }

    static List<CodeBlock> of(Page page) {
        List<CodeBlock> blocks = new ArrayList<>();
        for (FencedCodeBlock block : Page.all(page.document(), FencedCodeBlock.class)) {
            String[] words = block.getInfo().strip().split(" ", 2);
            blocks.add(new CodeBlock(page.path(), line(block), words[0], words.length > 1 ? words[1] : "",
                    block.getLiteral()));
        }
        for (IndentedCodeBlock block : Page.all(page.document(), IndentedCodeBlock.class)) {
            blocks.add(new CodeBlock(page.path(), line(block), "", "", block.getLiteral()));
        }
        return blocks;
    }

    private static int line(Node block) {
        return block.getSourceSpans().getFirst().getLineIndex() + 1;
    }

    /** Where it is, {@code docs/admin.md:3}. */
    @Override
    public String toString() {
        return page + ":" + line;
    }
}
