package dev.myproxy.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param headers besides the content type and those that every answer has
 */
record Answer(HttpResponseStatus status, String contentType, Buffer body, Map<String, String> headers) {

    private static final String JSON = "application/json; charset=utf-8";

    Answer(HttpResponseStatus status, String contentType, Buffer body) {
        this(status, contentType, body, Map.of());
    }

    static Answer json(Buffer document) {
        return new Answer(HttpResponseStatus.OK, JSON, document);
    }

    /** A document that says what is wrong. */
    static Answer problem(HttpResponseStatus status, String message) {
        return new Answer(status, JSON, Document.write(json -> json.writeStringField("error", message)));
    }

    Answer with(String header, String value) {
        return new Answer(status, contentType, body, Map.of(header, value));
    }
}
