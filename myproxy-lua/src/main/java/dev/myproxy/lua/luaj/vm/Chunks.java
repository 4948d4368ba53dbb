package dev.myproxy.lua.luaj.vm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.compiler.LuaC;

/** Compiles source text. */
public final class Chunks {

    /** LuaJ's compiler writes the name as UTF-8 and shortens it in its own way: it gets a stand-in. */
    private static final String STAND_IN = "chunk";

    private static final Pattern UNEXPECTED = Pattern.compile("unexpected symbol (\\d+) \\(.*\\)$", Pattern.DOTALL);
    private static final int FIRST_WORD = 257;
    private static final String[] WORDS = {"and", "break", "do", "else", "elseif", "end", "false", "for", "function",
            "goto", "if", "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while", "..",
            "...", "==", ">=", "<=", "~=", "::", "<eof>", "<number>", "<name>", "<string>"};

    private Chunks() {}

    /**
     * Compiles a chunk.
     *
     * @param source a first line that begins with {@code #} is skipped
     * @param name   as {@link ChunkNames#display} takes it
     * @throws Raised for a syntax error
     */
    public static Closure load(LuaString source, LuaString name, LuaValue environment) {
        if (source.m_length > 0 && source.luaByte(0) == 0x1b) {
            throw new Raised("bytecode cannot be loaded");
        }
        try {
            Prototype prototype = LuaC.instance.compile(
                    new ByteArrayInputStream(source.m_bytes, source.m_offset, source.m_length), "=" + STAND_IN);
            rename(prototype, name);
            return Closure.main(prototype, environment);
        } catch (LuaError e) {
            throw failure(name, String.valueOf(e.getMessage()));
        } catch (NumberFormatException e) {
            throw failure(name, "malformed number");
        } catch (StackOverflowError e) {
            throw failure(name, "chunk has too many syntax levels");
        } catch (NullPointerException | IndexOutOfBoundsException | ClassCastException e) {
            // how LuaJ's compiler meets its own limits, such as that of 200 local variables
            throw failure(name, "function or expression too complex");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void rename(Prototype prototype, LuaString name) {
        prototype.source = name;
        for (Prototype inner : prototype.p) {
            rename(inner, name);
        }
    }

    private static Raised failure(LuaString name, String message) {
        String text = message.startsWith(STAND_IN) ? message.substring(STAND_IN.length()) : ": " + message;
        Matcher unexpected = UNEXPECTED.matcher(text);
        if (unexpected.find()) {
            text = text.substring(0, unexpected.start()) + "unexpected symbol near '"
                    + token(Integer.parseInt(unexpected.group(1))) + "'";
        }
        return new Raised(NumberText.concat(ChunkNames.display(name), text.replace("<eos>", "<eof>")));
    }

    private static String token(int number) {
        if (number < FIRST_WORD) {
            return String.valueOf((char) number);
        }
        return number - FIRST_WORD < WORDS.length ? WORDS[number - FIRST_WORD] : "?";
    }
}
