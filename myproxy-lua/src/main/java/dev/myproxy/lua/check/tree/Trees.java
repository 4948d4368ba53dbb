package dev.myproxy.lua.check.tree;

import dev.myproxy.protocol.ByteString;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.function.Consumer;
import org.luaj.vm2.parser.LuaParser;
import org.luaj.vm2.parser.ParseException;
import org.luaj.vm2.parser.TokenMgrError;

/** Reads Lua sources into trees, and walks through these. */
public final class Trees {

    private Trees() {}

    /** A source that the parser does not understand, though an engine perhaps does. */
    public static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1;

        UnreadableException(String message) {
            super(message);
        }
    }

    /**
     * Reads a source: Lua 5.1 and 5.2. Of what LuaJIT adds, numbers with a suffix ({@code 1LL}) and some escapes are not
     * understood.
     */
    public static List<Statement> read(ByteString source) throws UnreadableException {
        try {
            LuaParser parser = new LuaParser(new ByteArrayInputStream(source.toByteArray()), "ISO-8859-1");
            return TreeBuilder.build(parser.Chunk().block);
        } catch (ParseException | TokenMgrError e) {
            throw new UnreadableException(String.valueOf(e.getMessage()).lines().findFirst().orElse("no Lua"));
        } catch (StackOverflowError _) {
            throw new UnreadableException("nested too deeply");
        }
    }

    /** Visits all statements, outer ones first, also those of functions. */
    public static void statements(List<Statement> block, Consumer<Statement> visitor) {
        block.forEach(statement -> {
            visitor.accept(statement);
            statement.expressions().forEach(expression -> within(expression, part -> {
                if (part instanceof Expression.Lambda lambda) {
                    statements(lambda.body(), visitor);
                }
            }));
            statements(statement.statements().toList(), visitor);
        });
    }

    /** Visits all expressions of a block, outer ones first, also those of functions. */
    public static void expressions(List<Statement> block, Consumer<Expression> visitor) {
        statements(block, statement -> statement.expressions().forEach(expression -> within(expression, visitor)));
    }

    /** Visits an expression and its parts, but not the statements of functions. */
    public static void within(Expression expression, Consumer<Expression> visitor) {
        visitor.accept(expression);
        expression.parts().forEach(part -> within(part, visitor));
    }
}
