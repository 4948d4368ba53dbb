package dev.myproxy.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests with pages: GET and HEAD, 404 where there is none, 405 for other methods, gzip for those who take it. Safe
 * to use from every thread.
 *
 * <p>Only {@value #MAX_ANSWERS} answers are in the making or on their way at a time, since pages may be large; further requests
 * get 503.
 */
public final class HttpPages implements Handler<HttpServerRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(HttpPages.class);
    static final int MAX_ANSWERS = 16;

    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int FAILED = 500;
    private static final int BUSY = 503;

    private final WorkerExecutor workers;
    private final Map<String, Page> pages;
    private final AtomicInteger answers = new AtomicInteger();

    /**
     * @param workers compress what is long
     * @param pages   by path, such as {@code /metrics}. If there is none at {@code /}, that path lists the others.
     */
    public HttpPages(WorkerExecutor workers, Map<String, Page> pages) {
        this.workers = workers;
        this.pages = new TreeMap<>(pages);
        String list = String.join("\n", this.pages.keySet()) + "\n";
        this.pages.putIfAbsent("/", _ -> Future.succeededFuture(Reply.text(200, list)));
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (answers.incrementAndGet() > MAX_ANSWERS) {
            answers.decrementAndGet();
            var _ = send(request, Reply.text(BUSY, "Too many requests at a time\n"), Compression.NONE);
        } else {
            answer(request).onComplete(_ -> answers.decrementAndGet());
        }
    }

    /** Completes when the answer is on its way, or can't be any more. */
    private Future<Void> answer(HttpServerRequest request) {
        return reply(request).recover(failure -> {
            LOG.error("{} can't be shown", request.path(), failure);
            return Future.succeededFuture(Reply.text(FAILED, "Internal Server Error\n"));
        }).compose(reply -> Compression.of(request, reply, workers).otherwise(Compression.NONE)
                .compose(compression -> send(request, reply, compression)));
    }

    private Future<Reply> reply(HttpServerRequest request) {
        Page page = pages.get(String.valueOf(request.path()));
        if (page == null) {
            return Future.succeededFuture(
                    Reply.text(NOT_FOUND, "Not found. Pages: " + String.join(" ", pages.keySet()) + "\n"));
        }
        HttpMethod method = request.method().equals(HttpMethod.HEAD) ? HttpMethod.GET : request.method();
        if (!page.methods().contains(method)) {
            request.response().putHeader(HttpHeaders.ALLOW, allowed(page));
            return Future.succeededFuture(Reply.text(METHOD_NOT_ALLOWED, "Method not allowed\n"));
        }
        try {
            return page.reply(request);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static String allowed(Page page) {
        TreeSet<String> names = new TreeSet<>();
        page.methods().forEach(method -> names.add(method.name()));
        if (names.contains("GET")) {
            names.add("HEAD");
        }
        return String.join(", ", names);
    }

    private static Future<Void> send(HttpServerRequest request, Reply reply, Compression compression) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return Future.succeededFuture();
        }
        response.setStatusCode(reply.status()).putHeader(HttpHeaders.CONTENT_TYPE, reply.contentType())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store").putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(HttpHeaders.VARY, "Accept, Accept-Encoding");
        var body = compression.compressed().orElse(reply.body());
        if (compression.compressed().isPresent()) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()));
        return request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(body);
    }
}
