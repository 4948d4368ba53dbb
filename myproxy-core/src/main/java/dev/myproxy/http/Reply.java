package dev.myproxy.http;

import io.vertx.core.buffer.Buffer;

/**
 * The answer to a request.
 *
 * @param status      code, such as 200
 * @param contentType as the header has it
 * @param body        sent compressed if it is long and the client takes that
 */
public record Reply(int status, String contentType, Buffer body) {

    static final String PLAIN = "text/plain; charset=utf-8";

    /** An answer in plain text, encoded as UTF-8. */
    public static Reply text(int status, String text) {
        return new Reply(status, PLAIN, Buffer.buffer(text));
    }
}
