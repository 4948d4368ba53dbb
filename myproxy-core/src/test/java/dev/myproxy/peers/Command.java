package dev.myproxy.peers;

import java.nio.charset.StandardCharsets;

/** Commands by their code, and what their responses look like. */
public enum Command {

    // @formatter:off
    QUIT(0x01, Shape.NONE),
    INIT_DB(0x02, Shape.SINGLE),
    QUERY(0x03, Shape.RESULTS),
    FIELD_LIST(0x04, Shape.DEFINITIONS),
    STATISTICS(0x09, Shape.SINGLE),
    PING(0x0e, Shape.SINGLE),
    CHANGE_USER(0x11, Shape.SINGLE),
    STMT_PREPARE(0x16, Shape.PREPARED),
    STMT_EXECUTE(0x17, Shape.RESULTS),
    STMT_SEND_LONG_DATA(0x18, Shape.NONE),
    STMT_CLOSE(0x19, Shape.NONE),
    STMT_RESET(0x1a, Shape.SINGLE),
    SET_OPTION(0x1b, Shape.SINGLE),
    STMT_FETCH(0x1c, Shape.ROWS),
    RESET_CONNECTION(0x1f, Shape.SINGLE),
    STMT_BULK_EXECUTE(0xfa, Shape.RESULTS);
    // @formatter:on

    /** How a response is laid out. */
    enum Shape {
        /** There is none. */
        NONE,
        /** One packet, whatever it says. */
        SINGLE,
        /** OK, ERR, LOCAL INFILE or result sets, several of them if the status says so. */
        RESULTS,
        /** Column definitions up to an EOF. */
        DEFINITIONS,
        /** Prepare OK and the definitions that it counts. */
        PREPARED,
        /** Rows up to an EOF. */
        ROWS
    }

    private final int code;
    private final Shape shape;

    Command(int code, Shape shape) {
        this.code = code;
        this.shape = shape;
    }

    public int code() {
        return code;
    }

    Shape shape() {
        return shape;
    }

    /** The payload of this command with an argument. */
    public byte[] payload(byte... argument) {
        return new PayloadWriter().u8(code).bytes(argument).toByteArray();
    }

    /** The payload of this command with a text as its argument. */
    public byte[] payload(String argument) {
        return payload(argument.getBytes(StandardCharsets.UTF_8));
    }
}
