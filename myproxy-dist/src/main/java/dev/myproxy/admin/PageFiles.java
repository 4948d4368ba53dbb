package dev.myproxy.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The page for people, and the files that it consists of. */
final class PageFiles {

    private PageFiles() {}

    /** By path. */
    static Map<String, Resource> all() {
        return Map.of("/", file("index.html", "text/html; charset=utf-8"),
                "/page.css", file("page.css", "text/css; charset=utf-8"),
                "/page.js", file("page.js", "text/javascript; charset=utf-8"),
                "/icon.svg", file("icon.svg", "image/svg+xml"));
    }

    private static Resource file(String name, String contentType) {
        Answer answer = new Answer(HttpResponseStatus.OK, contentType, content(name));
        return _ -> Future.succeededFuture(answer);
    }

    private static Buffer content(String name) {
        try (InputStream file = PageFiles.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the file " + name + " is missing in this installation");
            }
            return Buffer.buffer(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
