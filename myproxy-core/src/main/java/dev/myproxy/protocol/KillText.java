package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads the text of a statement that ends one connection, in place: an object that is filled again and again.
 *
 * <pre>
 * KILL [HARD | SOFT] [CONNECTION | QUERY] number [;]
 * </pre>
 *
 * A negative number is what clients make of an id that they have read as a signed one, MariaDB's JDBC driver for instance.
 * White space and comments may stand wherever servers let them. Everything else that may stand behind KILL (QUERY ID, USER,
 * expressions) is none of these, and so is what stands in comments that servers execute.
 *
 * <p><a href="https://mariadb.com/kb/en/kill/">MariaDB</a>,
 * <a href="https://dev.mysql.com/doc/refman/en/kill.html">MySQL</a>
 */
final class KillText {

    /** No number of a connection is so long. */
    private static final int MAX_DIGITS = 18;

    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private int at;
    private int end;
    private boolean query;
    private boolean soft;
    private boolean hard;
    private long id;
    private int idAt;
    private int idEnd;

    /** Whether a statement may begin with this byte. */
    static boolean mayBeginWith(byte first) {
        return first == 'K' || first == 'k' || isSpace(first) || first == '/' || first == '-' || first == '#';
    }

    /**
     * Reads a text.
     *
     * @param from index of its first byte
     * @param to   index behind its last byte
     * @return whether it is such a statement; if not, nothing else here means anything
     */
    boolean read(ByteBuf text, int from, int to) {
        bytes = text;
        at = from;
        end = to;
        try {
            return read();
        } finally {
            bytes = Unpooled.EMPTY_BUFFER;
        }
    }

    private boolean read() {
        skipSpace();
        if (!word("kill") || !gap()) {
            return false;
        }
        hard = word("hard");
        soft = !hard && word("soft");
        if ((hard || soft) && !gap()) {
            return false;
        }
        query = word("query");
        if ((query || word("connection")) && !gap()) {
            return false;
        }
        if (!number()) {
            return false;
        }
        skipSpace();
        if (at < end && bytes.getByte(at) == ';') {
            at++;
            skipSpace();
        }
        return at == end;
    }

    /** Whether only what the connection runs is to end. */
    boolean isQuery() {
        return query;
    }

    /** Whether the text says that it may be ended in the middle of something. */
    boolean isHard() {
        return hard;
    }

    /** Whether the text says that critical operations may come to their end. */
    boolean isSoft() {
        return soft;
    }

    /** The number, or what it stands for if it is negative: an unsigned 32-bit number. Out of range if it is no such id. */
    long id() {
        return id;
    }

    /** Index of the number. */
    int idAt() {
        return idAt;
    }

    /** Index behind the number. */
    int idEnd() {
        return idEnd;
    }

    /** Goes over a word, whatever its case. */
    private boolean word(String lower) {
        int length = lower.length();
        if (end - at < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((bytes.getByte(at + i) | 0x20) != lower.charAt(i)) {
                return false;
            }
        }
        at += length;
        return true;
    }

    private boolean number() {
        idAt = at;
        id = 0;
        boolean negative = at < end && bytes.getByte(at) == '-';
        if (negative) {
            at++;
        }
        int digitsAt = at;
        while (at < end && at - digitsAt < MAX_DIGITS && isDigit(bytes.getByte(at))) {
            id = 10 * id + bytes.getByte(at) - '0';
            at++;
        }
        idEnd = at;
        if (negative) {
            id = (1L << Integer.SIZE) - id;
        }
        return idEnd > digitsAt;
    }

    private boolean gap() {
        int before = at;
        skipSpace();
        return at > before;
    }

    /** Goes over white space and comments, up to what is neither, or does not end. */
    private void skipSpace() {
        int before;
        do {
            before = at;
            while (at < end && isSpace(bytes.getByte(at))) {
                at++;
            }
            skipComment();
        } while (at > before);
    }

    private void skipComment() {
        if (at == end) {
            return;
        }
        byte first = bytes.getByte(at);
        byte second = at + 1 < end ? bytes.getByte(at + 1) : 0;
        if (first == '#' || (first == '-' && second == '-' && (at + 2 == end || isBlank(bytes.getByte(at + 2))))) {
            int newline = bytes.indexOf(at, end, (byte) '\n');
            at = newline < 0 ? end : newline;
        } else if (first == '/' && second == '*' && !isExecutable()) {
            skipBlockComment();
        }
    }

    private boolean isExecutable() {
        byte third = at + 2 < end ? bytes.getByte(at + 2) : 0;
        return third == '!' || (third == 'M' && at + 3 < end && bytes.getByte(at + 3) == '!');
    }

    private void skipBlockComment() {
        int star = bytes.indexOf(at + 2, end, (byte) '*');
        while (star >= 0 && star + 1 < end) {
            if (bytes.getByte(star + 1) == '/') {
                at = star + 2;
                return;
            }
            star = bytes.indexOf(star + 1, end, (byte) '*');
        }
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || (octet >= '\t' && octet <= '\r');
    }

    /** What must stand behind the two dashes of a comment. */
    private static boolean isBlank(byte octet) {
        return octet >= 0 && octet <= ' ';
    }
}
