package dev.myproxy.metrics;

import java.io.IOException;

/** What a path of the HTTP server shows. */
@FunctionalInterface
public interface Page {

    /**
     * A body.
     *
     * @param contentType as the header has it
     * @param text        sent as UTF-8
     */
    record Body(String contentType, String text) {}

    /**
     * The body as it is now. Called on a worker thread: it may take its time.
     *
     * @param accept the header {@code Accept} of the request, empty if there is none
     */
    Body body(String accept) throws IOException;
}
