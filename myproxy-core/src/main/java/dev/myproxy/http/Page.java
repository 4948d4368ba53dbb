package dev.myproxy.http;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;

/** What a path of the HTTP server does. */
@FunctionalInterface
public interface Page {

    /**
     * Answers a request. Called on the event loop of its connection, which it must not block; the body of a request is not
     * kept for pages that answer later.
     *
     * @param request to look at: its method is one of {@link #methods}, or HEAD for GET. The answer is written by the caller.
     * @return a failure is logged and answered with 500
     */
    Future<Reply> reply(HttpServerRequest request);

    /** The methods that it takes; HEAD comes with GET. Others are answered with 405. */
    default Set<HttpMethod> methods() {
        return Set.of(HttpMethod.GET);
    }

    /** What a page looks like now, which may take its time. */
    @FunctionalInterface
    interface Renderer {

        /**
         * The answer as it is now. Called on a worker thread.
         *
         * @param accept the header {@code Accept} of the request, empty if there is none
         * @throws Exception whatever goes wrong; logged and answered with 500
         */
        Reply render(String accept) throws Exception;
    }

    /** A page that is rendered by worker threads. */
    static Page of(WorkerExecutor workers, Renderer renderer) {
        return request -> {
            String accept = String.join(",", request.headers().getAll("Accept"));
            return workers.executeBlocking(() -> renderer.render(accept), false);
        };
    }
}
