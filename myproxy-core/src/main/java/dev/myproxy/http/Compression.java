package dev.myproxy.http;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * What an answer is compressed to.
 *
 * @param compressed empty if it is sent as it is
 */
record Compression(Optional<Buffer> compressed) {

    static final Compression NONE = new Compression(Optional.empty());

    private static final int WORTHWHILE_BYTES = 1024;
    private static final Pattern REFUSED = Pattern.compile("q=0(\\.0{0,3})?");

    /** Compresses an answer on a worker thread if that is worthwhile and the client takes it. */
    static Future<Compression> of(HttpServerRequest request, Reply reply, WorkerExecutor workers) {
        String encodings = String.join(",", request.headers().getAll(HttpHeaders.ACCEPT_ENCODING));
        if (reply.body().length() < WORTHWHILE_BYTES || !takesGzip(encodings)) {
            return Future.succeededFuture(NONE);
        }
        return workers.executeBlocking(() -> new Compression(Optional.of(gzip(reply.body()))), false);
    }

    /** Whether a header {@code Accept-Encoding} names gzip, itself or as {@code *}, with a weight above 0. */
    static boolean takesGzip(String encodings) {
        boolean any = false;
        for (String encoding : encodings.toLowerCase(Locale.ROOT).replace(" ", "").split(",", -1)) {
            String[] parts = encoding.split(";", -1);
            boolean wanted = parts.length < 2 || !REFUSED.matcher(parts[1]).matches();
            if (parts[0].equals("gzip")) {
                return wanted;
            }
            any |= parts[0].equals("*") && wanted;
        }
        return any;
    }

    private static Buffer gzip(Buffer body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length() / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, 8192)) {
            gzip.write(body.getBytes());
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}
