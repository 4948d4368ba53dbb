package dev.myproxy.peers;

import java.nio.charset.StandardCharsets;

/**
 * An ERR packet: {@code ff code(2) ['#' state(5)] text}.
 *
 * @param code     error number
 * @param sqlState five characters; empty if the packet has no marker
 * @param message  text
 */
public record Err(int code, String sqlState, String message) {

    static Err read(byte[] payload) {
        PayloadReader in = new PayloadReader(payload);
        in.u8();
        int code = in.u16();
        String state = "";
        if (in.remaining() >= 6 && in.peek() == '#') {
            in.u8();
            state = in.text(5);
        }
        return new Err(code, state, in.text(in.remaining()));
    }

    byte[] write() {
        PayloadWriter out = new PayloadWriter().u8(0xff).u16(code);
        if (!sqlState.isEmpty()) {
            out.u8('#').bytes(sqlState.getBytes(StandardCharsets.US_ASCII));
        }
        return out.text(message).toByteArray();
    }
}
